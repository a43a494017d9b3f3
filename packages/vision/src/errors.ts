import { FlambeauError } from 'flambeau';

export { FormatError } from 'flambeau';

/** What went wrong with one address of a download. */
export interface FailedAttempt {
  url: string;
  reason: string;
}

/** A file that could not be fetched from any of its addresses. */
export class DownloadError extends FlambeauError {
  override name = 'DownloadError' as const;
  /** Whether this machine seems to have no network at all. */
  readonly offline: boolean;
  readonly attempts: readonly FailedAttempt[];
  constructor(message: string, attempts: readonly FailedAttempt[], offline = false) {
    super(`download: ${message}`);
    this.attempts = attempts;
    this.offline = offline;
  }
}
