// Ocopstat-beam reads WARC files on Apache Beam: on this machine, or on a cluster
// that its flags name. It makes the readings that "ocopstat read --out" makes, and
// "ocopstat run --readings" goes on from there.
//
//	ocopstat-beam --out readings 'crawl/*.warc.gz'
//	ocopstat-beam --runner dataflow --out gs://bucket/readings … 'gs://bucket/crawl/*.warc.gz'
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"
)

func main() {
	var j job
	flag.StringVar(&j.Out, "out", "readings", "folder or prefix of an object store in which the readings are kept")
	flag.StringVar(&j.Letters, "dead-letters", "", "file for the records that could not be read (default dead-letters.jsonl in --out)")
	flag.IntVar(&j.Jobs, "jobs", 0, "documents that a worker reads at a time (default one a processor)")
	flag.Usage = func() {
		fmt.Fprintf(flag.CommandLine.Output(), "usage: %s [--out DIR] [--runner NAME …] WARC…\n\nReads WARC files and patterns of them, local, gs:// or s3://, on Apache Beam.\n\n", os.Args[0])
		flag.PrintDefaults()
	}
	flag.Parse()
	beam.Init() // on a worker it does not return
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := command(ctx, j, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

// command runs the job on the runner of the flags and prints what it did.
func command(ctx context.Context, j job, patterns []string) error {
	files, err := expand(ctx, patterns)
	if err != nil {
		return err
	}
	done, err := beamx.RunWithMetrics(ctx, j.pipeline(files))
	if err != nil {
		return err
	}
	n := counted(done)
	fmt.Printf("%s has the readings of %d archive files: %d articles, %d figures; %d records could not be read, see %s\n",
		j.Out, n[filesRead], n[articlesRead], n[figuresRead], n[recordsUnread], j.letters())
	return nil
}
