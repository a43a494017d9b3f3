import type { Node } from '../autograd/node.js';
import type { View } from '../autograd/views.js';
import { AutogradError, DTypeError, ShapeError } from '../errors.js';
import type { InPlaceMethods, Methods } from '../ops/methods.js';
import type { UniqueOptions, UniqueResult } from '../ops/sorting.js';
import { type DType, dtypes, isFloating, type TypedArray } from './dtype.js';
import { contiguousStrides, isContiguous, type Layout, normalizeDim, numelOf, type Shape } from './shape.js';
import type { Storage } from './storage.js';

const BRAND = Symbol.for('flambeau.Tensor');

/** The device that a tensor lies on. */
export type Device = 'cpu';

/** Called with the gradient of a tensor; what it returns, if anything, takes the gradient's place. */
export type GradHook = (grad: Tensor) => Tensor | undefined;

/**
 * An n-dimensional array of one dtype, and a place in the graph of derivatives.
 *
 * The ops are methods here and functions of the package under the same name: `a.add(b)` is `fl.add(a, b)`.
 * Memory is not the user's work: a tensor's storage ends with its last holder.
 */
export class Tensor {
  /** @internal Memory that this tensor and its views share. */
  readonly storage: Storage;
  /** Sizes of the dimensions; `[]` for a scalar. */
  readonly shape: Shape;
  #strides: Shape;
  readonly offset: number;
  readonly dtype: DType;
  #node: Node | null = null;
  /** @internal Which of the node's results this is. */
  output = 0;
  /** @internal The node that collects the gradient of a leaf. */
  leafNode: Node | null = null;
  /** @internal How this tensor came to show another one's memory; null when it does not, as far as the graph is concerned. */
  origin: View | null = null;
  /** @internal Counts how often a change in place gave this tensor another place in the graph. */
  rebased = 0;
  /** The gradient that `backward()` has accumulated, for leaves and after `retainGrad()`. */
  grad: Tensor | null = null;
  #requiresGrad = false;

  /** @internal Tensors are made by functions: `fl.tensor`, `fl.zeros`, … */
  constructor(storage: Storage, shape: Shape, strides: Shape, offset: number, dtype: DType) {
    this.storage = storage;
    this.shape = shape;
    this.#strides = strides;
    this.offset = offset;
    this.dtype = dtype;
  }

  /** @internal What computed this tensor, when gradients were recorded; null for a leaf. A view follows changes of its base. */
  get node(): Node | null {
    if (this.origin?.stale === true) {
      this.#node = this.origin.makeNode();
      this.output = 0;
    }
    return this.#node;
  }

  set node(node: Node | null) {
    this.#node = node;
  }

  get [BRAND](): true {
    return true;
  }

  /** Distances between neighbours along each dimension, in elements. Channels-last activations show the row-major order that PyTorch shows. */
  get strides(): Shape {
    return this.#strides;
  }

  /** Number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get numel(): number {
    return numelOf(this.shape);
  }

  /** Bytes of the elements, without what lies between them. */
  get nbytes(): number {
    return this.numel * dtypes[this.dtype].bytes;
  }

  get device(): Device {
    return 'cpu';
  }

  /** Size of one dimension, or all of them. */
  size(): Shape;
  size(dim: number): number;
  size(dim?: number): Shape | number {
    return dim === undefined ? this.shape : this.shape[normalizeDim('size', dim, this.ndim)];
  }

  dim(): number {
    return this.ndim;
  }

  /** Whether the elements lie in row-major order without gaps. */
  isContiguous(): boolean {
    return isContiguous(this.shape, this.strides);
  }

  /** @internal Whether this tensor shows its whole storage in order, so that the storage's physical order may differ. */
  get isWhole(): boolean {
    return this.offset === 0 && this.isContiguous();
  }

  isFloatingPoint(): boolean {
    return isFloating(this.dtype);
  }

  /** Whether gradients flow to this tensor: set by the user on leaves, inherited by results. */
  get requiresGrad(): boolean {
    return this.#requiresGrad || this.node !== null;
  }

  set requiresGrad(value: boolean) {
    this.requiresGrad_(value);
  }

  /** Asks for the gradient of this leaf. @throws DTypeError for integers and booleans; AutogradError for a computed tensor */
  requiresGrad_(value = true): this {
    if (value && !isFloating(this.dtype)) {
      throw new DTypeError('requiresGrad_', `only floating-point tensors have gradients, not ${this.dtype}`);
    }
    if (!value && this.node !== null) {
      throw new AutogradError('requiresGrad_: a computed tensor cannot stop requiring its gradient: use `.detach()`');
    }
    this.#requiresGrad = value;
    return this;
  }

  /** Whether this tensor was made by the user rather than computed from tensors that require gradients. */
  get isLeaf(): boolean {
    return this.node === null;
  }

  /** What computed this tensor, as PyTorch names it: `AddBackward0`; null for leaves. */
  get gradFn(): Node | null {
    return this.node;
  }

  /** A tensor of the same data outside the graph. */
  detach(): Tensor {
    return this.viewOf(this);
  }

  /** @internal Another tensor on the same storage, outside the graph. */
  viewOf(layout: Layout): Tensor {
    return new Tensor(this.storage, layout.shape, layout.strides, layout.offset, this.dtype);
  }

  /** @internal Takes over another tensor's memory, layout and dtype: how `module.to(dtype)` changes parameters that optimisers hold. */
  takeOver(other: Tensor): void {
    Object.assign(this, { storage: other.storage, shape: other.shape, offset: other.offset, dtype: other.dtype });
    this.#strides = other.strides;
  }

  /** The only element as a number (int64 too, up to 2⁵³). @throws ShapeError with more than one element */
  item(): number {
    if (this.numel !== 1) throw new ShapeError('item', 'only a tensor with one element is a number', this.shape);
    return readers.item(this);
  }

  /**
   * A typed array that shows the tensor's memory without copying: writes to it are seen by the tensor. On the WebAssembly engine it ends
   * when memory grows, so use it at once, and lies in a SharedArrayBuffer where there are threads; `toTypedArray()` copies.
   */
  get data(): TypedArray {
    return readers.data(this);
  }

  valueOf(): number | this {
    return this.numel === 1 ? this.item() : this;
  }

  /** The tensor as PyTorch prints it. */
  toString(): string {
    return printer(this);
  }

  /** What `console.log(tensor)` shows in Node. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return printer(this);
  }

  /** The number of rows, so that `for (const row of tensor)` works. */
  *[Symbol.iterator](): Generator<Tensor> {
    if (this.ndim === 0) throw new ShapeError('iteration', 'a scalar has no rows');
    for (let i = 0; i < this.shape[0]; i++) yield this.select(0, i);
  }
}

/** Largest or smallest of each row with its position. */
export interface ValuesAndIndices {
  values: Tensor;
  /** int64 */
  indices: Tensor;
}

export interface Tensor extends Methods, InPlaceMethods {
  /** The largest element; per `dim`, the largest with its index; or elementwise against another tensor. */
  max(): Tensor;
  max(dim: number, options?: { keepdim?: boolean }): ValuesAndIndices;
  max(other: Tensor): Tensor;
  /** The smallest element; per `dim`, the smallest with its index; or elementwise against another tensor. */
  min(): Tensor;
  min(dim: number, options?: { keepdim?: boolean }): ValuesAndIndices;
  min(other: Tensor): Tensor;
  /** The median of all elements, the lower one of two; per `dim`, with its index. */
  median(): Tensor;
  median(dim: number, options?: { keepdim?: boolean }): ValuesAndIndices;
  /** The different values in ascending order; with `returnInverse` or `returnCounts` an object of them and what was asked for. */
  unique(options: UniqueOptions & ({ returnInverse: true } | { returnCounts: true })): UniqueResult;
  unique(options?: UniqueOptions): Tensor;
}

/** Whether a value is a tensor, of this or of another loaded copy of the package. */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor || (typeof value === 'object' && value !== null && BRAND in value);
}

/** A tensor or a number that stands for one. */
export type Operand = Tensor | number | boolean;

/** @internal Lets the reading of elements live beside the other readers without a circle of imports. */
interface Readers {
  item(tensor: Tensor): number;
  data(tensor: Tensor): TypedArray;
}
let readers: Readers;
export function setReaders(given: Readers): void {
  readers = given;
}

/** @internal Lets printing live in a file of its own, likewise. */
let printer: (tensor: Tensor) => string;
export function setPrinter(given: typeof printer): void {
  printer = given;
}

/** @internal A contiguous tensor on a fresh storage. */
export function fresh(storage: Storage, shape: Shape, dtype: DType): Tensor {
  return new Tensor(storage, shape, contiguousStrides(shape), 0, dtype);
}
