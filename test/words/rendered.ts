/**
 * What a reader of GitHub would be shown outside of code: there nobody's words but swarm's may stand.
 */
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** As GitHub renders it, but with raw HTML left as it is, so that smuggled tags are seen. */
export const html = (markdown: string): string =>
  micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });

/** The rendered page without its code, and without the marker on its first line. */
export const outsideCode = (markdown: string): string =>
  html(markdown.replace(/^<!-- swarm:[^\n]* -->\n/, ''))
    .replace(/<code[^>]*>[^<]*<\/code>/g, '[code]')
    .replace(/href="https:\/\/github\.com\/[\w./#-]*"/g, 'href');

/** What GitHub would act on; none of it is ever in swarm's own sentences. */
export const ACTED_ON =
  /@everyone|@octo\/team|\b(?:fixes|closes) (?:octo\/shop)?#\d|GH-3|<script|<img|="javascript:|<!--|issues\/4/i;
