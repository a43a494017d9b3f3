/** A value as Python prints it. */
function python(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'string') return `'${value}'`;
  if (typeof value === 'object' && 'float' in value) return float((value as { float: number }).float);
  if (Array.isArray(value)) return `(${value.map(python).join(', ')}${value.length === 1 ? ',' : ''})`;
  return Math.abs(value as number) < 1e-4 && value !== 0
    ? (value as number).toExponential().replace(/e([+-])(\d)$/, 'e$10$2')
    : String(value);
}

/** A number that Python holds as a float, and prints with a point. */
const float = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : python(value));
export const asFloat = (value: number): { float: number } => ({ float: value });

/** Options as PyTorch's printed layers show them: `kernel_size=2, stride=2`. */
export function options(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${python(value)}`)
    .join(', ');
}

export { python };
