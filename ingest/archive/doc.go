// Package archive keeps everything that was fetched in WARC files (ISO
// 28500:2017, WARC 1.1) and gives it back.
//
// Writing: one Archive owns a directory under a lock. Each exchange goes out in
// one write of whole gzip members, the response last, to a file whose name ends
// in ".open"; a full file is synced and renamed. A process that is killed loses
// at most the exchange it was writing: Open cuts a half-written tail off and
// finishes the file. index.cdxj is a cache; it can be deleted at any time.
//
// Reading: Read takes this package's own archives and the WARC files that wget,
// Heritrix, warcio, browsertrix and the like write, damaged ones included.
package archive
