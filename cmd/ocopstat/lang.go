package main

import (
	"cmp"

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
