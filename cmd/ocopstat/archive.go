package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"ocopstat/ingest/archive"
)

func newArchive() *cobra.Command {
	cmd := &cobra.Command{Use: "archive", Short: "Check an archive"}
	cmd.AddCommand(&cobra.Command{
		Use:   "verify [FILE|DIR]...",
		Short: "Hold every record of an archive against its digests and print a fingerprint of the whole",
		Long: `Reads every record of WARC and ARC files, packed or not, and of folders with all
below them (default the folder archive), and holds it against the digests that
stand with it. What does not fit was changed after it was archived: it is named
here, and not read by "run".

The fingerprint is a SHA-256 over the digests of all records. It stays the same
when the files are packed anew, split or renamed, and is another one when a record
is changed, missing or added. A release says the fingerprint of its archive in
datapackage.json, "archiveFingerprint".

Exit status: 1 when something is damaged or does not fit.`,
		Example: `  ocopstat archive verify
  ocopstat archive verify /srv/ocop/archive crawl.wacz`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"archive"}
			}
			proof, err := archive.Verify(cmd.Context(), args...)
			if err != nil {
				return err
			}
			for _, d := range proof.Damage {
				complain(cmd, d)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "%d records in %d files, %d of them without a digest, %d damaged\nsha256:%s\n",
				proof.Records, proof.Files, proof.Unverified, len(proof.Damage), proof.Fingerprint)
			if len(proof.Damage) > 0 {
				return errors.New("the archive is not as it was written")
			}
			return nil
		},
	})
	return cmd
}
