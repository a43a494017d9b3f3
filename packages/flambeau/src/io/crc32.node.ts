/** The CRC-32 of zip archives. Node's module is loaded when it is first needed: it costs an import 3 ms. */
export const crc32 = (bytes: Uint8Array): number => process.getBuiltinModule('node:zlib').crc32(bytes);
