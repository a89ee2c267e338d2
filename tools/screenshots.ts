/**
 * Takes the README's pictures from a page of `swarm dev` that is open:
 *
 *     npm run demo -- --manual --keep      and, while it runs,      node tools/screenshots.ts http://127.0.0.1:PORT/
 */
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as browser } from 'playwright-core';

const [url] = process.argv.slice(2);
if (url === undefined || !/^http:\/\/127\.0\.0\.1:\d+\/$/.test(url)) {
  console.error('Say which page: node tools/screenshots.ts http://127.0.0.1:PORT/ (`swarm dev` prints its address).');
  process.exit(2);
}
const images = join(import.meta.dirname, '..', 'docs', 'images');
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
// Made for a sandbox without threads; on a desktop they cost stability.
const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote');
const opened = await browser.launch({ executablePath: await chromium.executablePath(), args: [...args, ...quiet] });
try {
  const page = await opened.newPage({ viewport: { width: 1180, height: 860 }, deviceScaleFactor: 1 });
  await page.goto(url);
  await page.screenshot({ path: join(images, 'page.png') });
  const panel = page.locator('h2:has-text("Panel") + article');
  await panel.screenshot({ path: join(images, 'panel.png') });
} finally {
  await opened.close();
}
