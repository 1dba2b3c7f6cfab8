// An independent client sends FILE to the URL of an upload: node upload.mjs URL TOKEN FILE CUT
// With CUT > 0 it stops once that many bytes are accepted and goes on as a new upload of the same URL.
import fs from 'node:fs';
import * as tus from 'tus-js-client';

const [url, token, path, cutText] = process.argv.slice(2);
const cut = Number(cutText);
const size = fs.statSync(path).size;

function send(options) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(fs.createReadStream(path), {
      endpoint: url,
      uploadSize: size,
      retryDelays: [0, 100, 200],
      headers: { Authorization: `Bearer ${token}` },
      chunkSize: 256 * 1024,
      onError: reject,
      onSuccess: () => resolve('whole'),
      ...options(() => upload, resolve),
    });
    upload.start();
  });
}

if (cut > 0) {
  const first = await send((upload, resolve) => ({
    onChunkComplete: (chunk, accepted) => {
      if (accepted >= cut) upload().abort().then(() => resolve(upload().url));
    },
  }));
  console.log(`cut ${first}`);
  const second = await send(() => ({ uploadUrl: first }));
  console.log(second);
} else {
  console.log(await send(() => ({ uploadDataDuringCreation: true })));
}
