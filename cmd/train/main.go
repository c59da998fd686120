// Command train makes the weights of extract/decide from annotated texts, and
// measures them by leaving one batch of texts out.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"

	"ocopstat/extract"
)

const usage = `usage: train [flags] DIR...

Each DIR holds annotated texts: NAME.txt, NAME.gold.jsonl, and rules.jsonl with what
the rules said of them when they were first met (train --freeze DIR writes it).

`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var o options
	flag.StringVar(&o.out, "out", "", "folder for weights.tsv; without it nothing is written")
	flag.StringVar(&o.left, "left", "", "folder for the weights of each batch left out, BATCH.tsv")
	flag.StringVar(&o.held, "held", "", "batches that are not read, with commas between")
	flag.StringVar(&o.test, "test", "", "batches to leave out one at a time; without it all that have rules.jsonl")
	flag.StringVar(&o.show, "show", "", "dimensions whose errors are shown, with commas between; \"found\" shows what was missed or is no figure")
	freezing := flag.Bool("freeze", false, "only write rules.jsonl for each DIR")
	flag.Usage = func() {
		fmt.Fprint(flag.CommandLine.Output(), usage)
		flag.PrintDefaults()
	}
	flag.Parse()
	if err := run(ctx, o, flag.Args(), *freezing); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options, dirs []string, freezing bool) error {
	reader, err := extract.New()
	if err != nil {
		return err
	}
	if freezing {
		for _, dir := range dirs {
			if err := freeze(ctx, reader, dir); err != nil {
				return err
			}
		}
		return nil
	}
	all, err := load(ctx, reader, dirs)
	if err != nil {
		return err
	}
	own, err := shipped(ctx, reader)
	if err != nil {
		return err
	}
	all = append(all, own...)
	var kept []*text
	for _, t := range all {
		if !listed(o.held, t.batch) {
			kept = append(kept, t)
		}
	}
	return newTrainer(kept, o).run(reader)
}

// listed reports whether a comma-separated list has a word.
func listed(list, word string) bool { return strings.Contains(","+list+",", ","+word+",") }
