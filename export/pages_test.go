package export

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"ocopstat/export/texts"
)

// TestPrintedPages lets LibreOffice print the print set and the workbook: the set has
// a page a sheet, at most eight, in letters of 8 points at least, and the first page
// is one page.
func TestPrintedPages(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	for _, program := range []string{"soffice", "pdftohtml", "pdftotext"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed; TestSheetsPrintReadably works the sizes out all the same", program)
		}
	}
	for name, b := range files(t) {
		pdf := printed(t, name, b)
		pages := strings.Split(strings.TrimSuffix(run(t, "pdftotext", "-layout", pdf, "-"), "\f"), "\f")
		sheets := openWorkbook(t, b).GetSheetList()
		first := 0
		for _, page := range pages {
			if strings.Contains(page, texts.Of("sheet.cover").VI) && strings.Contains(page, "Tuyên Quang") && strings.Contains(page, texts.Of("front.col.what").VI) {
				first++
			}
		}
		if first != 1 {
			t.Errorf("%s: the first page is %d pages", name, first)
		}
		if strings.Contains(name, "lanh-dao") {
			if len(pages) != len(sheets) || len(pages) > 8 {
				t.Errorf("%s: %d pages of %d sheets", name, len(pages), len(sheets))
			}
			for i, page := range sheets { // whose letters' sizes are cut to thirds of a point
				n := strconv.Itoa(i + 1)
				for _, m := range regexp.MustCompile(`<fontspec id="\d+" size="(\d+)"`).FindAllStringSubmatch(run(t, "pdftohtml", "-xml", "-zoom", "3", "-i", "-stdout", "-f", n, "-l", n, pdf), -1) {
					if size, _ := strconv.Atoi(m[1]); size < 3*8 {
						t.Errorf("%s, %s: letters of %.1f points", name, page, float64(size)/3)
					}
				}
			}
		}
	}
}

// printed is the workbook as LibreOffice prints it.
func printed(t *testing.T, name string, workbook []byte) (pdf string) {
	t.Helper()
	dir := t.TempDir()
	in := filepath.Join(dir, name)
	if err := os.WriteFile(in, workbook, 0o644); err != nil {
		t.Fatal(err)
	}
	run(t, "soffice", "--headless", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--convert-to", "pdf", "--outdir", dir, in)
	return strings.TrimSuffix(in, ".xlsx") + ".pdf"
}

func run(t *testing.T, program string, args ...string) string {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.WaitDelay = time.Second
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, errors.String())
	}
	return string(out)
}
