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

/** A file to fetch, and how to know that it is the right one. */
export interface DownloadOptions {
  /** Addresses of the same file, tried in this order. */
  urls: readonly string[];
  /** Where the file is to lie. Until it is complete and checked it lies beside that place as `FILE.part`. */
  file: string;
  /** Its checksum in hexadecimal. Without any checksum an interrupted download begins anew. */
  sha256?: string;
  /** The same, for publishers that give no other. */
  md5?: string;
  /** Its exact size in bytes. */
  size?: number;
  /** The most bytes to take when `size` is not known (default 4 GiB). */
  maxSize?: number;
  /** Called for every piece that arrives. */
  onProgress?: (progress: DownloadProgress) => void;
  /** Ends the download early, with the signal's reason; what has arrived stays for the next time. */
  signal?: AbortSignal;
  /** Milliseconds to wait for an answer (default 5000). */
  answerTimeout?: number;
  /** Milliseconds in which at least a kilobyte must arrive (default 15 000). */
  idleTimeout?: number;
}
