import { Tensor } from '../tensor/tensor.js';
import type { Op } from './apply.js';
import { applyInPlace } from './apply-in-place.js';
import * as inPlace from './in-place.js';
import * as ops from './index.js';
import { nameOp } from './names.js';

function define(name: string, value: (this: Tensor, ...args: never[]) => unknown): void {
  if (name in Tensor.prototype) throw new Error(`Tensor already has a member named ${name}`);
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
}

/** Makes every op a method of tensors, and gives those with an in-place form that too. */
function install(): void {
  for (const [name, op] of Object.entries(ops) as [string, Op][]) {
    nameOp(op, name);
    define(name, function (...args) {
      return op(this, ...args);
    });
  }
  for (const [name, op] of Object.entries(inPlace) as [string, Op][]) {
    define(`${name}_`, function (...args) {
      return applyInPlace(op, this, args);
    });
  }
}

install();
