/**
 * Writes the zip archives of artifacts: UTF-8 names and deflated contents, none of the format's other features (PKWARE,
 * "APPNOTE.TXT", 4.3). Archives of 4 GB or more would need the 64-bit format and are refused.
 */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** A relative path with forward slashes. */
  readonly name: string;
  readonly content: Uint8Array;
}

const VERSION = 20;
const UTF8_NAMES = 0x0800;
const DEFLATED = 8;
const MAX_BYTES = 0xffff_ffff;
const MAX_ENTRIES = 0xffff;

export function zip(entries: readonly ZipEntry[], at: Date): Buffer {
  if (entries.length > MAX_ENTRIES) throw new Error(`a zip archive holds at most ${MAX_ENTRIES} files`);
  const [date, time] = dosTime(at);
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of entries) {
    const path = Buffer.from(name);
    const packed = deflateRawSync(content);
    if (offset + packed.length > MAX_BYTES || content.length > MAX_BYTES) throw new Error(`${name} is too large`);
    // The fields that both headers of a file share.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(VERSION, 0);
    common.writeUInt16LE(UTF8_NAMES, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, path]);
    const location = Buffer.alloc(14);
    // Unix permissions: a regular file that its owner can write and everyone can read.
    location.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    location.writeUInt32LE(offset, 10);
    const madeBy = Buffer.from([VERSION, 3]);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), madeBy, common, location, path]));
    files.push(local, packed);
    offset += local.length + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(listed.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, listed, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

/** MS-DOS format: years since 1980, and seconds in steps of two. */
function dosTime(at: Date): readonly [date: number, time: number] {
  const year = Math.max(0, at.getUTCFullYear() - 1980);
  return [
    (year << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
    (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
  ];
}
