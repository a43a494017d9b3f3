/** What the place where text is shown can do. */
export interface Terminal {
  /** Characters in a line. */
  columns: number;
  /** Whether it shows block characters. */
  blocks: boolean;
}
