import { equal, match } from 'node:assert/strict';
import { test } from 'node:test';
import { openDesk } from '../src/server.ts';
import { newParcel } from './sample.ts';

async function withDesk(body: (url: string) => Promise<void>): Promise<void> {
  const desk = openDesk();
  await new Promise<void>((listening) => desk.listen(0, '127.0.0.1', listening));
  try {
    await body(`http://127.0.0.1:${desk.address()?.port}`);
  } finally {
    desk.close();
  }
}

test('a parcel can be handed in over HTTP', () =>
  withDesk(async (url) => {
    const given = await fetch(`${url}/parcels`, { method: 'POST', body: JSON.stringify(newParcel) });
    equal(given.status, 201);
    match(await given.text(), /"status":"accepted"/);
  }));

test('a body that is not JSON is said to be so', () =>
  withDesk(async (url) => {
    equal((await fetch(`${url}/parcels`, { method: 'POST', body: '{' })).status, 400);
  }));
