/** What an engine may ask of the garbage collector. Browsers offer nothing of it. */
export interface Collector {
  /** Collects young objects: some tenths of a millisecond. */
  minor(): void;
  /** Collects all objects: tens of milliseconds. */
  major(): void;
  /** Lets go of the objects that were made or read through a `WeakRef` in the running job. */
  checkpoint(): void;
  /** Whether a minor collection empties WeakRefs, as V8 does since Node 26. */
  readonly minorClearsWeakRefs: boolean;
}
