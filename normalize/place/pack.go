//go:build ignore

// Pack writes data/provinces.tsv, data/districts.tsv and data/communes.tsv.gz
// from a directory of CSV tables (provinces, districts, communes, communes_2025,
// commune_merger_2025). Same tables, same bytes.
//
//	go run pack.go DIRECTORY
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

const source = "# Source: codes of the General Statistics Office (124/2004/QĐ-TTg and 19/2025/QĐ-TTg), as collected in\n" +
	"# github.com/thanglequoc/vietnamese-provinces-database. Written by pack.go; do not edit.\n"

var regions = map[string]string{
	"Đồng bằng sông Hồng": "DBSH", "Trung du và miền núi phía Bắc": "TDMNPB",
	"Bắc Trung Bộ và duyên hải miền Trung": "BTBDHMT", "Tây Nguyên": "TN",
	"Đông Nam Bộ": "DNB", "Đồng bằng sông Cửu Long": "DBSCL",
}

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("usage: go run pack.go DIRECTORY")
	}
	dir := args[0]
	tables := map[string][][]string{}
	for _, name := range []string{"provinces", "districts", "communes", "communes_2025", "commune_merger_2025"} {
		rows, err := read(filepath.Join(dir, name+".csv"))
		if err != nil {
			return err
		}
		tables[name] = rows
	}
	if err := provinces(tables["provinces"]); err != nil {
		return err
	}
	if err := districts(tables["districts"]); err != nil {
		return err
	}
	return communes(tables)
}

func read(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows[1:], nil
}

func provinces(rows [][]string) error {
	var b strings.Builder
	b.WriteString(source)
	b.WriteString("# code\tname\tkind\tregion\tcode since 2025-07-01\n")
	for _, r := range rows {
		if r[0] == "46" { // a city named Huế for the last six months of the 63 provinces only
			r[1], r[3] = "Thừa Thiên Huế", "tỉnh"
		}
		if regions[r[4]] == "" {
			return fmt.Errorf("province %s: unknown region %q", r[0], r[4])
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", r[0], r[1], r[3], regions[r[4]], r[5])
	}
	return os.WriteFile("data/provinces.tsv", []byte(b.String()), 0o644)
}

func districts(rows [][]string) error {
	var b strings.Builder
	b.WriteString(source)
	b.WriteString("# code\tprovince\tkind\tname\n")
	for _, r := range rows {
		kind, _, _ := strings.Cut(r[3], " (")
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r[1], r[0], kind, styled(r[2]))
	}
	return os.WriteFile("data/districts.tsv", []byte(b.String()), 0o644)
}

// style puts the tone of the open syllables oa, oe and uy where the names of
// provinces and most papers have it: Hòa, Thủy.
var style = strings.NewReplacer(
	"oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa", "oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
	"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy")

// spelled are names that the tables spell otherwise than the units themselves.
var spelled = map[string]string{
	"Phan Rang-Tháp Chàm": "Phan Rang - Tháp Chàm", "Đăk Pơ": "Đak Pơ", "Đăk Đoa": "Đak Đoa", "N.T Phong Hải": "Nông trường Phong Hải",
}

func styled(name string) string {
	if s := spelled[name]; s != "" {
		return s
	}
	name = strings.ReplaceAll(name, "' ", "'")
	words := strings.Split(name, " ")
	for i, w := range words {
		lower := strings.ToLower(w)
		r := []rune(lower)
		if open := len(r) > 1 && strings.ContainsRune("àáảãạèéẻẽẹỳýỷỹỵ", r[len(r)-1]); open && r[0] != 'q' {
			words[i] = style.Replace(w)
		}
	}
	return strings.Join(words, " ")
}

var kinds = map[string]string{"phường": "p", "thị trấn": "t", "xã": "x", "đặc khu": "k"}

// communes writes both sets. A line "@D 001" or "@P 01" names the district or
// the new province of the lines that follow; a commune is its code, kind and
// name, and until 2025 the new communes it became, marked + when only a part
// of it went there.
func communes(tables map[string][][]string) error {
	became := map[string][]string{}
	for _, r := range tables["commune_merger_2025"] {
		code := r[3]
		if code == "06970" { // xã Ba Chẽ, which the table of the new communes has under its own code
			code = "06978"
		}
		if r[4] == "part" {
			code += "+"
		}
		became[r[1]] = append(became[r[1]], code)
	}
	var b bytes.Buffer
	b.WriteString(source)
	old := tables["communes"]
	sort.SliceStable(old, func(i, j int) bool { return old[i][1]+old[i][2] < old[j][1]+old[j][2] })
	last := ""
	for _, r := range old {
		if r[1] != last {
			last = r[1]
			fmt.Fprintf(&b, "@D\t%s\n", last)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", r[2], kinds[r[4]], styled(r[3]), strings.Join(became[r[2]], " "))
	}
	now := tables["communes_2025"]
	sort.SliceStable(now, func(i, j int) bool { return now[i][0]+now[i][1] < now[j][0]+now[j][1] })
	for _, r := range now {
		if r[0] != last {
			last = r[0]
			fmt.Fprintf(&b, "@P\t%s\n", last)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\n", r[1], kinds[r[3]], styled(r[2]))
	}
	var z bytes.Buffer
	w, err := gzip.NewWriterLevel(&z, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(b.Bytes()); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile("data/communes.tsv.gz", z.Bytes(), 0o644)
}
