package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/record"
)

// inputFlags are the flags of the commands that read articles as "run" does.
type inputFlags struct {
	data string // the office's folder, "" for none
	asOf string
}

// add adds the flags; office names what is used of the office's folder.
func (in *inputFlags) add(cmd *cobra.Command, cfg *ocopstat.Config, office string) {
	flags := cmd.Flags()
	flags.StringVar(&in.data, "data", "", "the office's folder: "+office)
	flags.StringArrayVar(&cfg.Archives, "archive", nil, "WARC file or folder of them; may be given several times")
	flags.StringVar(&cfg.Sources, "sources", "", "catalogue of sources in place of the one that comes with the program")
	flags.StringVar(&in.asOf, "as-of", "", "take only what had been captured by this day, 2026-06-30")
	flags.IntVarP(&cfg.Jobs, "jobs", "j", 0, "documents read at a time; the results do not depend on it (default one a processor)")
}

// configure takes over the flags and the inputs of the command line.
func (in *inputFlags) configure(cfg *ocopstat.Config, inputs []string) (err error) {
	if cfg.Jobs < 0 {
		return usageError{fmt.Errorf("--jobs %d: give a number above 0", cfg.Jobs)}
	}
	if cfg.AsOf, err = record.ParseDate(in.asOf); err != nil {
		return usageError{fmt.Errorf("--as-of: %w", err)}
	}
	cfg.Inputs = inputs
	return nil
}
