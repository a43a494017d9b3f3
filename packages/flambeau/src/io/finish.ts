import { FormatError } from '../errors.js';
import type { Budget } from './budget.js';
import { NumpyArray } from './pickle/numpy.js';
import { Complex } from './pickle/values.js';
import { TensorRecord } from './records.js';

/** Deeper nesting is no data, and would overflow the stack of whoever walks the result. */
export const MAX_DEPTH = 256;

/** How to make the final value of a tensor. */
export type TensorMaker = (record: TensorRecord) => unknown;

interface Frame {
  readonly source: object;
  readonly children: readonly unknown[];
  next: number;
  /** Levels below this one. */
  height: number;
}

interface Done {
  readonly value: unknown;
  readonly height: number;
}

const LEAF: Done = { value: undefined, height: 0 };

/**
 * Turns what a pickle held into what users get: dicts become plain objects or Maps, tensors what `tensor` makes of
 * them. What the file shared stays shared, each object being visited once; an object that contains itself is refused.
 * @throws FormatError
 */
export function finish(root: unknown, tensor: TensorMaker, budget: Budget): unknown {
  const done = new Map<object, Done>();
  const open = new Set<object>();
  const stack: Frame[] = [];
  const enter = (value: object): void => {
    checkDepth(stack.length);
    if (open.has(value)) throw new FormatError('load: a container holds itself: the file is damaged or hostile');
    open.add(value);
    stack.push({ source: value, children: childrenOf(value), next: 0, height: 0 });
  };
  const get = (value: unknown): unknown =>
    typeof value === 'object' && value !== null ? done.get(value)?.value : value;
  if (typeof root !== 'object' || root === null) return root;
  enter(root);
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    if (frame.next === frame.children.length) {
      stack.pop();
      open.delete(frame.source);
      done.set(frame.source, { value: convert(frame.source, get, tensor, budget), height: frame.height });
      continue;
    }
    const child = frame.children[frame.next];
    const finished = typeof child === 'object' && child !== null ? done.get(child) : LEAF;
    if (finished === undefined) {
      enter(child as object);
      continue;
    }
    frame.height = Math.max(frame.height, finished.height + 1);
    checkDepth(frame.height);
    frame.next++;
  }
  return get(root);
}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH)
    throw new FormatError(`load: containers are nested deeper than ${MAX_DEPTH}: the file is damaged or hostile`);
}

function childrenOf(value: object): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Set) return [...value];
  return [];
}

function convert(source: object, get: (value: unknown) => unknown, tensor: TensorMaker, budget: Budget): unknown {
  if (Array.isArray(source)) return Object.isFrozen(source) ? Object.freeze(source.map(get)) : source.map(get);
  if (source instanceof Map) return convertDict(source, get);
  if (source instanceof Set) return new Set([...source].map(get));
  if (source instanceof TensorRecord) return tensor(source);
  if (source instanceof NumpyArray) return tensor(source.toRecord(budget));
  if (source instanceof Complex) return source;
  if (source instanceof Uint8Array) {
    const copy = budget.allocate(source.length);
    copy.set(source);
    return copy;
  }
  throw new FormatError('load: a class or storage stands where a value should be: save tensors and plain data only');
}

/**
 * A dict whose keys are all strings becomes an object without prototype (so that a key `__proto__` is a key like any other), any other dict a Map.
 */
function convertDict(dict: ReadonlyMap<unknown, unknown>, get: (value: unknown) => unknown): unknown {
  for (const key of dict.keys()) {
    if (typeof key !== 'string') return new Map([...dict].map(([k, v]) => [get(k), get(v)]));
  }
  const object: Record<string, unknown> = Object.create(null);
  for (const [key, value] of dict) object[key as string] = get(value);
  return object;
}
