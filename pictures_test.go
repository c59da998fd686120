package ocopstat

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"ocopstat/fixtures/golden"
)

// shownPages are the pages of the workbook that the README and the guides show, by the
// names of their sheets.
var shownPages = map[string]string{"Trang đầu": "trang-dau.png", "34 tỉnh": "34-tinh.png", "Kế hoạch": "ke-hoach.png", "Thay đổi": "thay-doi.png",
	"Cần quyết định": "can-quyet-dinh.png", "Biểu đồ": "bieu-do.png"}

// checkPictures holds the pictures of the documentation to the pages of an issue; with
// -update it takes them. The decisions and the charts are those of the workbook, with
// their cells to fill in, the others are pages of the print set.
func checkPictures(t *testing.T, workbook string) {
	t.Helper()
	printSet := strings.TrimSuffix(workbook, ".xlsx") + "-in-cho-lanh-dao.xlsx"
	for _, tab := range slices.Sorted(maps.Keys(shownPages)) {
		file := printSet
		if tab == "Cần quyết định" || tab == "Biểu đồ" {
			file = workbook
		}
		golden.Picture(t, "docs/img/"+shownPages[tab], drawnFrom(t, file, tab), func() []byte { return printedPage(t, file, tab) })
	}
}

// drawnFrom is what a sheet is drawn from.
func drawnFrom(t *testing.T, workbook, tab string) []byte {
	t.Helper()
	z, err := zip.OpenReader(workbook)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	at := slices.Index(openPages(t, workbook).f.GetSheetList(), tab) + 1
	var out bytes.Buffer
	for _, part := range z.File { // in order of their names
		switch {
		case part.Name == "xl/worksheets/sheet"+strconv.Itoa(at)+".xml", part.Name == "xl/styles.xml",
			tab == "Trang đầu" && part.Name == "xl/sharedStrings.xml", tab == "Biểu đồ" && strings.HasPrefix(part.Name, "xl/charts/"):
			r, err := part.Open()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(&out, r); err != nil {
				t.Fatal(err)
			}
		}
	}
	return out.Bytes()
}

// printedPage is the first page of a sheet as LibreOffice prints it, found by its footer.
func printedPage(t *testing.T, workbook, tab string) []byte {
	t.Helper()
	dir := t.TempDir()
	command := func(program string, args ...string) string {
		out, err := exec.CommandContext(t.Context(), program, args...).Output()
		if err != nil {
			t.Fatalf("%s: %v", program, err)
		}
		return string(out)
	}
	command("soffice", "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", "pdf", "--outdir", dir, workbook)
	pdf := filepath.Join(dir, strings.TrimSuffix(filepath.Base(workbook), ".xlsx")+".pdf")
	pages := strings.Split(command("pdftotext", "-layout", pdf, "-"), "\f")
	n := strconv.Itoa(1 + slices.IndexFunc(pages, func(page string) bool {
		lines := strings.Split(strings.TrimSpace(page), "\n")
		return strings.Contains(lines[len(lines)-1], "  "+tab+"  ")
	}))
	command("pdftoppm", "-r", "85", "-f", n, "-l", n, "-png", "-singlefile", pdf, filepath.Join(dir, "page"))
	picture, err := os.ReadFile(filepath.Join(dir, "page.png"))
	if err != nil {
		t.Fatal(err)
	}
	return picture
}
