package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"ocopstat/normalize/text"
	"ocopstat/record"
)

func newNormalize() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "normalize number|date|place|text [TEXT...]",
		Short: "Read single Vietnamese numbers, dates and place names",
		Long: `Reads each TEXT, or each line of standard input when there is none, as one
Vietnamese number, date or place name and nothing else, and prints one JSON
object a line. "text" is what was read. One that cannot be read has "error"
with the reason, and the exit status is then 1.`,
		Example: `  ocopstat normalize number "hơn 1.234" "38,8%" "hai mươi mốt"
  ocopstat normalize date --published 2024-01-15 "quý I/2024" "đến nay"
  ocopstat normalize place --at 2025-08-01 "Phú Thọ" "huyện Lấp Vò"
  cut -f 3 names.tsv | ocopstat normalize place | jq -r .code`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newNormalizeNumber(), newNormalizeDate(), newNormalizePlace(), newNormalizeText())
	return cmd
}

// wordsLine is a text as "normalize text" prints it.
type wordsLine struct {
	Text  string   `json:"text"`
	NFC   string   `json:"nfc"`   // composed letters
	Words []string `json:"words"` // folded as lookups compare them; numbers as printed
}

func newNormalizeText() *cobra.Command {
	return &cobra.Command{
		Use:   "text [TEXT...]",
		Short: "Compose letters and fold words as lookups do",
		Long: `Prints each text with composed letters (Unicode NFC), and its words and numbers
as they are compared: small letters, one placement of the tone, no look-alike or
invisible characters.`,
		Example: `  ocopstat normalize text "HOÀ BÌNH"    # {"text":"HOÀ BÌNH","nfc":"HOÀ BÌNH","words":["hòa","bình"]}
  ocopstat normalize text < words.txt`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return eachText(cmd, args, func(s string) (any, error) {
				return wordsLine{Text: s, NFC: text.NFC(s), Words: foldedWords(s)}, nil
			})
		},
	}
}

func foldedWords(s string) []string {
	words := []string{}
	for _, t := range text.Scan(nil, s, 0, len(s)) {
		switch t.Kind {
		case text.Word:
			words = append(words, text.Fold(s[t.Start:t.End]))
		case text.Digits:
			words = append(words, strings.Map(dropInvisible, s[t.Start:t.End]))
		}
	}
	return words
}

func dropInvisible(r rune) rune {
	if text.IsInvisible(r) {
		return -1
	}
	return r
}

// errorLine is a text that could not be read.
type errorLine struct {
	Text   string      `json:"text"`
	Error  string      `json:"error"`
	Others []placeJSON `json:"others,omitempty"` // the places that an ambiguous name can mean
}

var errNotUTF8 = errors.New("not UTF-8; convert it first, for example with iconv")

// eachText reads every argument, or every line of standard input, and prints
// what read makes of it, an error as an errorLine. The error of eachText tells
// how many there were.
func eachText(cmd *cobra.Command, args []string, read func(string) (any, error)) error {
	n, bad := 0, 0
	err := eachInput(cmd.Context(), args, cmd.InOrStdin(), func(s string) error {
		n++
		var line any
		err := errNotUTF8
		if utf8.ValidString(s) {
			line, err = read(s)
		}
		if err != nil {
			bad++
			line = errorLineOf(s, err)
		}
		return writeJSON(cmd.OutOrStdout(), line)
	})
	if err == nil && bad > 0 {
		err = fmt.Errorf("%d of %d texts could not be read; see \"error\" in the output", bad, n)
	}
	return err
}

func errorLineOf(s string, err error) errorLine {
	l := errorLine{Text: s, Error: strings.TrimPrefix(err.Error(), strconv.Quote(s)+": ")}
	var ambiguous ambiguousPlace
	if errors.As(err, &ambiguous) {
		l.Others = placesJSON(ambiguous)
	}
	return l
}

// maxLine is the longest line of standard input, in bytes.
const maxLine = 1 << 20

// eachInput calls do with the arguments or, when there are none, with the lines
// of in. It does not wait for a line when ctx has ended.
func eachInput(ctx context.Context, args []string, in io.Reader, do func(string) error) error {
	if len(args) > 0 {
		for _, s := range args {
			if err := do(s); err != nil {
				return err
			}
		}
		return nil
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	lines := make(chan string)
	var failed error
	go func() {
		defer close(lines)
		failed = sendLines(ctx, in, lines)
	}()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case s, ok := <-lines:
			if !ok {
				return failed
			}
			if err := do(s); err != nil {
				return err
			}
		}
	}
}

func sendLines(ctx context.Context, in io.Reader, lines chan<- string) error {
	sc := bufio.NewScanner(in)
	sc.Buffer(nil, maxLine)
	n := 0
	for sc.Scan() {
		n++
		select {
		case <-ctx.Done():
			return ctx.Err()
		case lines <- sc.Text():
		}
	}
	if err := sc.Err(); err != nil {
		return fmt.Errorf("line %d of standard input: %w", n+1, err)
	}
	return nil
}

// isoDate reads the date of a flag; "" is unknown.
func isoDate(flag, value string) (record.Date, error) {
	d, err := record.ParseDate(value)
	if err != nil {
		return d, usageError{fmt.Errorf("--%s: %q is not a date YYYY-MM-DD", flag, value)}
	}
	return d, nil
}
