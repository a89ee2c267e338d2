/**
 * Opens libsodium's sealed boxes, in which clients send secrets to GitHub: X25519, XSalsa20 and Poly1305, with a nonce by
 * BLAKE2b. Node has only the first of these. Nothing here is fast or guards against timing: a secret is short, and the only
 * one that could measure is its owner.
 *
 * @see https://doc.libsodium.org/public-key_cryptography/sealed_boxes
 */
import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';

export interface SealingKeys {
  /** 32 bytes. */
  readonly publicKey: Buffer;
  readonly privateKey: Buffer;
}

const KEY_BYTES = 32;
const MAC_BYTES = 16;
const NONCE_BYTES = 24;
/** The DER of X25519 keys before the key itself (RFC 8410). */
const PRIVATE_DER = Buffer.from('302e020100300506032b656e04220420', 'hex');
const PUBLIC_DER = Buffer.from('302a300506032b656e032100', 'hex');

export function newSealingKeys(): SealingKeys {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).subarray(PUBLIC_DER.length),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).subarray(PRIVATE_DER.length),
  };
}

/** The message in a sealed box, or null if it was not sealed for these keys. */
export function openSealedBox(box: Buffer, { publicKey, privateKey }: SealingKeys): Buffer | null {
  if (box.length < KEY_BYTES + MAC_BYTES) return null;
  const theirs = box.subarray(0, KEY_BYTES);
  const mac = box.subarray(KEY_BYTES, KEY_BYTES + MAC_BYTES);
  const sealed = box.subarray(KEY_BYTES + MAC_BYTES);
  const shared = sharedSecret(theirs, privateKey);
  if (shared === null) return null;
  const nonce = blake2b(Buffer.concat([theirs, publicKey]), NONCE_BYTES);
  const key = hsalsa20(hsalsa20(shared, Buffer.alloc(16)), nonce.subarray(0, 16));
  const stream = salsa20(key, nonce.subarray(16), KEY_BYTES + sealed.length);
  if (!poly1305(sealed, stream.subarray(0, KEY_BYTES)).equals(mac)) return null;
  return Buffer.from(sealed.map((byte, at) => byte ^ (stream[KEY_BYTES + at] ?? 0)));
}

/** Null for a key that nobody can have, which gives all zeros. */
function sharedSecret(theirs: Buffer, ours: Buffer): Buffer | null {
  try {
    return diffieHellman({
      privateKey: createPrivateKey({ key: Buffer.concat([PRIVATE_DER, ours]), format: 'der', type: 'pkcs8' }),
      publicKey: createPublicKey({ key: Buffer.concat([PUBLIC_DER, theirs]), format: 'der', type: 'spki' }),
    });
  } catch {
    return null;
  }
}

// ── Salsa20 (D. J. Bernstein, "The Salsa20 family of stream ciphers", "Extending the Salsa20 nonce") ──────────────────────

const SIGMA = Buffer.from('expand 32-byte k');
/** Each quarter round changes four words, first of the columns, then of the rows. */
const QUARTERS = [
  ...[
    [0, 4, 8, 12],
    [5, 9, 13, 1],
    [10, 14, 2, 6],
    [15, 3, 7, 11],
  ],
  ...[
    [0, 1, 2, 3],
    [5, 6, 7, 4],
    [10, 11, 8, 9],
    [15, 12, 13, 14],
  ],
] as const;

const wordsOf = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32LE(at * 4));

function bytesOf(words: readonly number[]): Buffer {
  const bytes = Buffer.alloc(words.length * 4);
  for (const [at, word] of words.entries()) bytes.writeUInt32LE(word >>> 0, at * 4);
  return bytes;
}

const rotated = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

function stateOf(key: Buffer, input: Buffer): Uint32Array {
  const [s, k, n] = [wordsOf(SIGMA), wordsOf(key), wordsOf(input)];
  const words = [s[0], ...k.slice(0, 4), s[1], ...n, s[2], ...k.slice(4), s[3]];
  return Uint32Array.from(words.map((word) => word ?? 0));
}

function rounds(state: Uint32Array): Uint32Array {
  const x = Uint32Array.from(state);
  const word = (at: number): number => x[at] ?? 0;
  for (let count = 0; count < 10; count++) {
    for (const [a = 0, b = 0, c = 0, d = 0] of QUARTERS) {
      x[b] = word(b) ^ rotated((word(a) + word(d)) >>> 0, 7);
      x[c] = word(c) ^ rotated((word(b) + word(a)) >>> 0, 9);
      x[d] = word(d) ^ rotated((word(c) + word(b)) >>> 0, 13);
      x[a] = word(a) ^ rotated((word(d) + word(c)) >>> 0, 18);
    }
  }
  return x;
}

function hsalsa20(key: Buffer, input: Buffer): Buffer {
  const mixed = rounds(stateOf(key, input));
  return bytesOf([0, 5, 10, 15, 6, 7, 8, 9].map((at) => mixed[at] ?? 0));
}

/** So many bytes of the key stream. A block has 64 of them. */
function salsa20(key: Buffer, nonce: Buffer, length: number): Buffer {
  const blocks: Buffer[] = [];
  for (let block = 0; block * 64 < length; block++) {
    const counter = Buffer.alloc(8);
    counter.writeUInt32LE(block);
    const state = stateOf(key, Buffer.concat([nonce, counter]));
    const mixed = rounds(state);
    blocks.push(bytesOf(Array.from(mixed, (word, at) => word + (state[at] ?? 0))));
  }
  return Buffer.concat(blocks).subarray(0, length);
}

// ── Poly1305 (RFC 8439, 2.5) ──────────────────────────────────────────────────────────────────────────────────────────

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);

function poly1305(message: Buffer, key: Buffer): Buffer {
  const prime = (1n << 130n) - 5n;
  const r = numberOf(key.subarray(0, 16)) & 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  let sum = 0n;
  for (let at = 0; at < message.length; at += 16) {
    const block = Buffer.concat([message.subarray(at, at + 16), Buffer.from([1])]);
    sum = ((sum + numberOf(block)) * r) % prime;
  }
  const tag = (sum + numberOf(key.subarray(16))) & ((1n << 128n) - 1n);
  return Buffer.from(tag.toString(16).padStart(32, '0'), 'hex').reverse();
}

// ── BLAKE2b without a key (RFC 7693) ──────────────────────────────────────────────────────────────────────────────────

const MASK = (1n << 64n) - 1n;
const IV = [
  ...[0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n],
  ...[0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n],
];
const SCHEDULE = [
  ...['0123456789abcdef', 'ea489fd61c02b753', 'b8c052fdae367194', '7931dcbe265a40f8', '905724afe1bc683d'],
  ...['2c6a0b834d75fe19', 'c51fed4a0763928b', 'db7ec13950f4862a', '6fe9b308c2d714a5', 'a2847615fb9e3cd0'],
].map((row) => [...row].map((digit) => Number.parseInt(digit, 16)));
const MIXED = [
  ...[
    [0, 4, 8, 12],
    [1, 5, 9, 13],
    [2, 6, 10, 14],
    [3, 7, 11, 15],
  ],
  ...[
    [0, 5, 10, 15],
    [1, 6, 11, 12],
    [2, 7, 8, 13],
    [3, 4, 9, 14],
  ],
] as const;
const BLOCK_BYTES = 128;

function blake2b(message: Buffer, length: number): Buffer {
  const state = [...IV];
  state[0] = (state[0] ?? 0n) ^ BigInt(0x01010000 ^ length);
  const count = Math.max(1, Math.ceil(message.length / BLOCK_BYTES));
  for (let block = 0; block < count; block++) {
    const end = Math.min(message.length, (block + 1) * BLOCK_BYTES);
    const padded = Buffer.alloc(BLOCK_BYTES);
    message.copy(padded, 0, block * BLOCK_BYTES, end);
    compress(state, padded, BigInt(end), block === count - 1);
  }
  const bytes = Buffer.alloc(64);
  for (const [at, word] of state.entries()) bytes.writeBigUInt64LE(word, at * 8);
  return bytes.subarray(0, length);
}

function compress(state: bigint[], block: Buffer, end: bigint, isLast: boolean): void {
  const words = Array.from({ length: 16 }, (_, at) => block.readBigUInt64LE(at * 8));
  const v = [...state, ...IV];
  const at = (index: number): bigint => v[index] ?? 0n;
  const turned = (word: bigint, by: bigint): bigint => ((word >> by) | (word << (64n - by))) & MASK;
  v[12] = at(12) ^ end;
  if (isLast) v[14] = at(14) ^ MASK;
  for (let round = 0; round < 12; round++) {
    const row = SCHEDULE[round % SCHEDULE.length] ?? [];
    for (const [index, [a = 0, b = 0, c = 0, d = 0]] of MIXED.entries()) {
      v[a] = (at(a) + at(b) + (words[row[index * 2] ?? 0] ?? 0n)) & MASK;
      v[d] = turned(at(d) ^ at(a), 32n);
      v[c] = (at(c) + at(d)) & MASK;
      v[b] = turned(at(b) ^ at(c), 24n);
      v[a] = (at(a) + at(b) + (words[row[index * 2 + 1] ?? 0] ?? 0n)) & MASK;
      v[d] = turned(at(d) ^ at(a), 16n);
      v[c] = (at(c) + at(d)) & MASK;
      v[b] = turned(at(b) ^ at(c), 63n);
    }
  }
  for (const index of state.keys()) state[index] = (state[index] ?? 0n) ^ at(index) ^ at(index + 8);
}
