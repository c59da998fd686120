// Walks WARC files with warcio.js and reads every response.
//
//	npm install warcio && node warcio.mjs WARC...
import { createReadStream } from "node:fs";
import { WARCParser } from "warcio";
const cpu = process.cpuUsage(), start = Date.now();
let records = 0, bytes = 0;
for (const name of process.argv.slice(2)) {
  for await (const record of new WARCParser(createReadStream(name))) {
    if (record.warcType !== "response") continue;
    for await (const chunk of record) bytes += chunk.length;
    records++;
  }
}
const used = process.cpuUsage(cpu);
console.log(`${records} responses, ${bytes / 1e6} MB, processor ${(used.user + used.system) / 1e6} s, clock ${(Date.now() - start) / 1e3} s`);
