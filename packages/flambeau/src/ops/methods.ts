import type { Tensor } from '../tensor/tensor.js';
import type * as inPlace from './in-place.js';
import type * as ops from './index.js';

/** Ops as methods: the leading `self` becomes the receiver. */
type AsMethods<Ops> = {
  [Name in keyof Ops]: Ops[Name] extends (self: Tensor, ...args: infer Args) => infer Result
    ? (...args: Args) => Result
    : never;
};

/** The in-place forms of ops, under their names with an underscore. */
type AsInPlace<Ops> = {
  [Name in keyof Ops as Name extends string ? `${Name}_` : never]: Ops[Name] extends (
    self: Tensor,
    ...args: infer Args
  ) => Tensor
    ? (...args: Args) => Tensor
    : never;
};

export interface Methods extends AsMethods<typeof ops> {}
export interface InPlaceMethods extends AsInPlace<typeof inPlace> {}
