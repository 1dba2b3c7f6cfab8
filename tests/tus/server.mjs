// An independent server: node server.mjs FOLDER [ANSWERS]. Prints its port. Every answer carries the header by which our
// client knows its own; after ANSWERS bodies that arrived in part, connections are no longer cut.
import http from 'node:http';
import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';

const [folder, cutsText] = process.argv.slice(2);
let cuts = Number(cutsText ?? 0);
const tus = new Server({ path: '/files', datastore: new FileStore({ directory: folder }), respectForwardedHeaders: false });
const server = http.createServer((request, response) => {
  response.setHeader('Hs-Proto', '1');
  if (cuts > 0 && request.method === 'PATCH') {
    let seen = 0;
    request.on('data', (chunk) => {
      seen += chunk.length;
      if (cuts > 0 && seen > 300000) {
        cuts -= 1;
        request.socket.destroy();
      }
    });
  }
  tus.handle(request, response);
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
