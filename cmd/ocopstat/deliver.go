package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"ocopstat/export"
	"ocopstat/export/deliver"
)

// delivery is the command line of "deliver".
type delivery struct {
	to                  []string
	mail                deliver.Mail
	credentials, ledger string
	lang                string
	job                 deliver.Job
}

func newDeliver() *cobra.Command {
	var d delivery
	cmd := &cobra.Command{
		Use:   "deliver --to ADDRESS|DIR [--from ADDRESS] [--smtp HOST:PORT] [--subject TEXT] [--dry-run] FILE",
		Short: "Send a workbook by mail, or copy it into a folder",
		Long: `Sends a file to mail addresses or copies it into folders; --to may be given
several times. The connection must be encrypted (STARTTLS, or TLS from the start on
port 465) with a certificate that the system trusts, unless --insecure is given.

The name and password for the mail server come from ` + deliver.EnvUser + ` and
` + deliver.EnvPassword + `, or from the two lines of a file that only its owner can
read (--credentials). They are never printed or logged.

What went to whom stands in deliveries.csv beside FILE: the same file never goes to
the same recipient twice, so a command that failed half-way can be given again.
When nobody can know whether a mail arrived, it takes --again to send it. The mail
says what the first page of the workbook says, as text and as HTML.`,
		Example: `  ocopstat deliver --to ocop@example.vn --from thongke@example.vn --smtp mail.example.vn:587 ocopstat-2026-W47.xlsx
  ocopstat deliver --to /mnt/share/ocop ocopstat-2026-W47.xlsx`,
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&d.to, "to", nil, "mail address or folder; may be given several times")
	flags.StringVar(&d.mail.From, "from", "", "sender, needed for mail")
	flags.StringVar(&d.mail.Server, "smtp", "", "mail server, needed for mail; the port is 587 when not given")
	flags.StringVar(&d.mail.Subject, "subject", "", "subject of the mail (default one with the file's name)")
	flags.StringVar(&d.credentials, "credentials", "", "file with name and password, mode 0600 (default the environment)")
	flags.StringVar(&d.ledger, "ledger", "", "record of what was delivered (default deliveries.csv beside FILE)")
	flags.BoolVar(&d.mail.Insecure, "insecure", false, "also take a mail server without TLS or with an unknown certificate")
	flags.BoolVar(&d.job.DryRun, "dry-run", false, "only say what would be done")
	addLang(cmd, &d.lang)
	flags.BoolVar(&d.job.Again, "again", false, "also send what was sent before")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if len(d.to) == 0 || len(args) != 1 {
			return usageError{errors.New("give --to and one FILE")}
		}
		if err := d.prepare(); err != nil {
			return err
		}
		return d.run(cmd, args[0])
	}
	return cmd
}

// prepare finds what is wrong before anything is sent.
func (d *delivery) prepare() (err error) {
	d.job.Now = time.Now
	mails := false
	for _, to := range d.to {
		mails = mails || deliver.IsAddress(to)
	}
	if !mails {
		return nil
	}
	if d.mail.From == "" || d.mail.Server == "" {
		return usageError{errors.New("mail needs --from and --smtp")}
	}
	if err := d.mail.Check(); err != nil {
		return usageError{err}
	}
	if d.credentials != "" {
		d.mail.Credentials, err = deliver.FromFile(d.credentials)
	} else {
		d.mail.Credentials, err = deliver.FromEnvironment(os.LookupEnv)
	}
	return err
}

// run delivers to each recipient; one that fails does not keep the others from getting the file.
func (d *delivery) run(cmd *cobra.Command, file string) (err error) {
	if err := deliver.CheckClosed(file); err != nil {
		return err // half of somebody's work would go out
	}
	parcel, err := deliver.Open(file)
	if err != nil {
		return err
	}
	lang, err := langOf(d.lang)
	if err != nil {
		return err
	}
	if letter, ok := export.ReadLetter(parcel.Body, lang); ok {
		parcel.Subject, parcel.Text, parcel.HTML = letter.Subject, letter.Text, letter.HTML
	}
	ledger := cmp.Or(d.ledger, filepath.Join(filepath.Dir(file), "deliveries.csv"))
	if d.job.Ledger, err = deliver.OpenLedger(cmd.Context(), ledger); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.job.Ledger.Close()) }()
	var failed []error
	for _, to := range d.to {
		outcome, err := d.one(cmd, parcel, to)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		fmt.Fprintf(cmd.OutOrStdout(), "%s: %s\n", parcel.Name, spoken(d.lang).Of(outcomes[outcome], to))
	}
	return errors.Join(failed...)
}

// outcomes are the texts of what came of a delivery.
var outcomes = map[deliver.Outcome]string{deliver.Sent: "tell.sent", deliver.Already: "tell.already", deliver.WouldBe: "tell.would-send"}

func (d *delivery) one(cmd *cobra.Command, p deliver.Parcel, to string) (deliver.Outcome, error) {
	if deliver.IsAddress(to) {
		return d.mail.ToAddress(cmd.Context(), p, to, d.job)
	}
	return deliver.ToFolder(p, to, d.job)
}
