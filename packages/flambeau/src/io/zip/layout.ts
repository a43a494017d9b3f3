/** The numbers of the zip format (APPNOTE 6.3), as far as stored, unencrypted archives use them. */
export const SIGNATURE = {
  local: 0x04034b50,
  central: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;

/** Fixed parts of the records, in bytes. */
export const SIZE = { local: 30, central: 46, end: 22, end64: 56, locator64: 20, maxComment: 0xffff } as const;

export const MAX_16 = 0xffff;
export const MAX_32 = 0xffffffff;

/** Extra fields: 64-bit sizes, and the padding that puts an entry's data on an aligned offset (the name that PyTorch gave it). */
export const EXTRA = { zip64: 0x0001, padding: 0x4246 } as const;

export const STORED = 0;
export const FLAG_ENCRYPTED = 1;
