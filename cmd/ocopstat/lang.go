package main

import (
	"cmp"
	_ "embed"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"ocopstat/export/texts"
)

// addLang adds the flag --lang.
func addLang(cmd *cobra.Command, lang *string) {
	cmd.Flags().StringVar(lang, "lang", "", "language: vi, en or both (default vi for workbooks and mails, en for what is printed here)")
}

// langOf is the language of what an office gets.
func langOf(flag string) (texts.Lang, error) {
	lang := cmp.Or(flag, string(texts.Vietnamese))
	return texts.Lang(lang), oneOf("lang", lang, string(texts.Vietnamese), string(texts.English), string(texts.Bilingual))
}

// spoken is the language of what a command prints.
func spoken(flag string) texts.Lang { return texts.Lang(cmp.Or(flag, string(texts.English))) }

// phrases are what messages are made of, English and Vietnamese, a pair a line.
//
//go:embed messages.tsv
var phrases string

// helps are the Vietnamese descriptions of commands, each below its name, an empty line
// before the next.
//
//go:embed help.vi.txt
var helps string

// saidIn is a message or a help in the language of a command's --lang. Stages say what
// is wrong in English; the phrases of an office's commands are turned here, and the
// names and numbers between them stay.
func saidIn(cmd *cobra.Command, message string) string {
	flag := cmd.Flags().Lookup("lang")
	if flag == nil {
		return message
	}
	lang := texts.Lang(flag.Value.String())
	if lang != texts.Vietnamese && lang != texts.Bilingual {
		return message
	}
	var pairs [][]string
	for line := range strings.Lines(phrases) {
		if pair := strings.Split(strings.TrimRight(line, "\n"), "\t"); len(pair) == 2 {
			pairs = append(pairs, pair)
		}
	}
	slices.SortStableFunc(pairs, func(x, y []string) int { return cmp.Compare(len(y[0]), len(x[0])) })
	text := texts.Text{VI: strings.NewReplacer(slices.Concat(pairs...)...).Replace(message), EN: message}
	return lang.Pick(text)
}

// helpIn prints help as usual does, in Vietnamese where --lang vi is given and the
// command has a description.
func helpIn(usual func(*cobra.Command, []string)) func(*cobra.Command, []string) {
	return func(cmd *cobra.Command, args []string) {
		_, long, found := strings.Cut("\n"+helps, "\n"+cmd.CommandPath()+"\n")
		lang := cmd.Flags().Lookup("lang")
		if !found || lang == nil || lang.Value.String() != string(texts.Vietnamese) {
			usual(cmd, args)
			return
		}
		cmd.Long, _, _ = strings.Cut(long, "\n\nocopstat ")
		out := cmd.OutOrStdout()
		var b strings.Builder
		cmd.SetOut(&b)
		usual(cmd, args)
		_, _ = io.WriteString(out, saidIn(cmd, strings.TrimRight(b.String(), "\n"))+"\n") // as cobra does
	}
}
