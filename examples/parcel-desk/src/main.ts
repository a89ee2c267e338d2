import { env } from 'node:process';
import { openDesk } from './server.ts';

const port = Number(env.PORT ?? 8080);
openDesk().listen(port, '127.0.0.1', () => console.log(`The desk is open on http://127.0.0.1:${port}`));
