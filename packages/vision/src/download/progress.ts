/** How far a download has come. */
export interface DownloadProgress {
  /** The file being fetched, its final path. */
  file: string;
  /** The address it comes from. */
  url: string;
  /** Bytes that are there, those of an earlier, interrupted download included. */
  received: number;
  /** Bytes of the whole file; null while nobody has told. */
  total: number | null;
}
