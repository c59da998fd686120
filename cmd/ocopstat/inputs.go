package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/ingest/archive"
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
	flags.StringArrayVar(&cfg.Readings, "readings", nil, "folder of what \"ocopstat read --out\" kept; may be given several times")
	flags.StringVar(&cfg.Sources, "sources", "", "catalogue of sources in place of the one that comes with the program")
	flags.StringVar(&in.asOf, "as-of", "", "take only what had been captured by this day, 2026-06-30")
	flags.BoolVar(&cfg.OCR, "ocr", false, "read scanned PDFs by tesseract, where that is installed; their figures are grade C at most")
	flags.IntVarP(&cfg.Jobs, "jobs", "j", 0, "documents read at a time; the results do not depend on it (default one a processor)")
}

// configure takes over the flags and the inputs of the command line. With --data
// folder sets what is taken from the office's folder.
func (in *inputFlags) configure(cmd *cobra.Command, cfg *ocopstat.Config, inputs []string, folder func(ocopstat.Office) error) (err error) {
	if cfg.Jobs < 0 {
		return usageError{fmt.Errorf("--jobs %d: give a number above 0", cfg.Jobs)}
	}
	if cfg.AsOf, err = dateOf("as-of", in.asOf); err != nil {
		return err
	}
	cfg.Inputs = inputs
	if in.data == "" {
		return nil
	}
	for _, flag := range []string{"out", "archive", "readings"} {
		if cmd.Flags().Changed(flag) {
			return usageError{errors.New("--data says what is read and where the results go; leave out --" + flag)}
		}
	}
	if len(inputs) > 0 {
		return usageError{errors.New("--data says what is read; leave out INPUT, or put it into the folder inbox there")}
	}
	return folder(ocopstat.Office(in.data))
}

// dateOf reads the date of a flag; "" is unknown.
func dateOf(flag, value string) (record.Date, error) {
	d, err := record.ParseDate(value)
	if err != nil {
		return d, usageError{fmt.Errorf("--%s: %q is not a date YYYY-MM-DD", flag, value)}
	}
	return d, nil
}

// orWhatIsHere sets what is read when nothing is given, and says it: the folders
// archive and inbox, or else the articles that come with the program.
func orWhatIsHere(w io.Writer, cfg *ocopstat.Config) {
	if len(cfg.Inputs)+len(cfg.Archives)+len(cfg.Readings) > 0 {
		return
	}
	if files, err := archive.Files("archive"); err == nil && len(files) > 0 {
		cfg.Archives = []string{"archive"}
	}
	if info, err := os.Stat("inbox"); err == nil && info.IsDir() {
		cfg.Inputs = []string{"inbox"}
	}
	what := "reading the folders archive and inbox"
	switch here := append(cfg.Archives, cfg.Inputs...); len(here) {
	case 0:
		what = "replaying the archived articles that come with the program"
	case 1:
		what = "reading the folder " + here[0]
	}
	fmt.Fprintln(w, "No input given: "+what+".")
}
