package main

import (
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"ocopstat"
	"ocopstat/export"
	"ocopstat/export/deliver"
)

// configureOffice makes a run one of the office's folder.
func configureOffice(cmd *cobra.Command, dir string, cfg *ocopstat.Config) error {
	if err := leftToData(cmd, cfg); err != nil {
		return err
	}
	return ocopstat.Office(dir).Configure(cmd.Context(), cfg)
}

// readOffice sets what is read to the documents and decisions of the office's
// folder.
func readOffice(cmd *cobra.Command, dir string, cfg *ocopstat.Config) error {
	if err := leftToData(cmd, cfg); err != nil {
		return err
	}
	return ocopstat.Office(dir).Read(cfg)
}

// leftToData is an error when the command line says something that --data says.
func leftToData(cmd *cobra.Command, cfg *ocopstat.Config) error {
	for _, flag := range []string{"out", "archive"} {
		if cmd.Flags().Changed(flag) {
			return usageError{errors.New("--data says what is read and where the results go; leave out --" + flag)}
		}
	}
	if len(cfg.Inputs) > 0 {
		return usageError{errors.New("--data says what is read; leave out INPUT, or put it into the folder inbox there")}
	}
	return nil
}

// workbookClosed is an error when somebody has open the workbook that a run is
// to write: saving it there would bring the old one back.
func workbookClosed(cfg ocopstat.Config) error {
	return deliver.CheckClosed(filepath.Join(cfg.Out, export.WorkbookName(export.WorkbookOptions{Week: cfg.Week})))
}
