/**
 * Signs commits as GitHub does for apps and jobs that create them through the API under their own names.
 *
 * GitHub uses OpenPGP. The emulator uses SSH signatures, which git also verifies and which take only a few lines. The
 * key is the emulator's own; signatures by any other key are unknown.
 *
 * @see https://docs.github.com/authentication/managing-commit-signature-verification/about-commit-signature-verification#signature-verification-for-bots
 * @see https://github.com/openssh/openssh-portable/blob/master/PROTOCOL.sshsig
 */
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Commit } from './types.ts';

/** Fixed, so that the same calls create the same commits in every emulator. */
const SEED = createHash('sha256').update('the web-flow of an emulated GitHub').digest();
const PKCS8_OF_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY = createPrivateKey({ key: Buffer.concat([PKCS8_OF_ED25519, SEED]), format: 'der', type: 'pkcs8' });
const PUBLIC_KEY = createPublicKey(KEY);
const RAW_PUBLIC_KEY = PUBLIC_KEY.export({ format: 'der', type: 'spki' }).subarray(-32);

const text = (value: string | Buffer): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const SSH_KEY = Buffer.concat([text('ssh-ed25519'), text(RAW_PUBLIC_KEY)]);
const FRAME = Buffer.concat([text('git'), text(''), text('sha512')]);
const HEAD = Buffer.concat([Buffer.from('SSHSIG'), Buffer.from([0, 0, 0, 1]), text(SSH_KEY), FRAME]);

const signedBytes = (payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from('SSHSIG'), FRAME, text(createHash('sha512').update(payload).digest())]);

/** The public key in the format of an `allowed_signers` file. */
export const WEB_FLOW_KEY = `ssh-ed25519 ${SSH_KEY.toString('base64')}`;

/** The signature of a commit's bytes, in the format of its `gpgsig` header. */
export function signAsGitHub(payload: Uint8Array): string {
  const signature = Buffer.concat([text('ssh-ed25519'), text(sign(null, signedBytes(payload), KEY))]);
  const lines =
    Buffer.concat([HEAD, text(signature)])
      .toString('base64')
      .match(/.{1,70}/g) ?? [];
  return ['-----BEGIN SSH SIGNATURE-----', ...lines, '-----END SSH SIGNATURE-----'].join('\n');
}

/** Answers whether a commit has a signature that GitHub can verify. */
export const isVerified = ({ signed }: Pick<Commit, 'signed'>): boolean =>
  signed !== undefined && isSignedByGitHub(Buffer.from(signed.payload), signed.signature);

export function isSignedByGitHub(payload: Uint8Array, signature: string): boolean {
  const blob = Buffer.from(signature.replaceAll(/-----[A-Z ]+-----|\s/g, ''), 'base64');
  if (!blob.subarray(0, HEAD.length).equals(HEAD)) return false;
  return verify(null, signedBytes(payload), PUBLIC_KEY, blob.subarray(-64));
}
