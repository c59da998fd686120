package date

import (
	"ocopstat/normalize/text"
	"ocopstat/record"
)

// Words that make something else of "hiện": thực hiện, hiện đại.
var (
	beforeHien = set("thực", "thể", "phát", "xuất", "biểu", "tái", "hữu", "cụ", "ẩn", "nhận", "đại")
	afterHien  = set("đại", "vật", "thực", "hữu", "tượng", "trạng", "diện", "hành", "hình", "trường", "thân", "thời")
)

// afterNay are the words with which "nay" tells a new name, not a time.
var afterNay = set("là", "thuộc")

// beforeNay are the words that make "always, these days" of it.
var beforeNay = set("xưa", "lâu", "trước", "bấy", "ngày", "đời", "mấy")

// afterVua are the verbs before which "vừa" means just now.
var afterVua = set(
	"phê", "cấp", "công", "có", "ban", "được", "tổ", "trao", "ký", "quyết", "đánh", "xét", "chấm", "thông", "hoàn",
	"nhận", "diễn", "khai", "chính", "kết", "thẩm", "bổ", "cho",
)

// now reads the words for the time of publication.
func (s *scanner) now(i int, w word) reading {
	next := s.at(i + 1)
	switch w {
	case wNay:
		if afterNay[s.key(i+1)] || beforeNay[s.key(i-1)] {
			return reading{}
		}
		return s.today(i + 1)
	case wHien:
		if next == wNay || next == wTai || next == wGio {
			return s.today(i + 2)
		}
		if beforeHien[s.key(i-1)] || afterHien[s.key(i+1)] || s.toks[i].Case == text.Upper && next == none && s.key(i+1) == 0 {
			return reading{}
		}
		return s.today(i + 1)
	case wMoi:
		if next == wDay {
			return s.today(i + 2)
		}
	case wGan:
		if next == wDay {
			return s.today(i + 2)
		}
	case wVua:
		if next == wQua || next == wRoi {
			return s.today(i + 2)
		}
		if afterVua[s.key(i+1)] && s.at(i-1) != wVa {
			return s.today(i + 1)
		}
	case wThoi:
		return s.thisTime(i)
	}
	return reading{}
}

// thisTime reads thời điểm này, thời điểm hiện tại, thời gian qua.
func (s *scanner) thisTime(i int) reading {
	switch k := i + 2; {
	case s.at(i+1) == wGian && s.at(k) == wQua:
		return s.today(k + 1)
	case s.at(i+1) == wGian && s.at(k) == wVua && s.at(k+1) == wQua:
		return s.today(k + 2)
	case s.at(i+1) != wDiem:
	case s.at(k) == wNaym:
		return s.today(k + 1)
	case s.at(k) == wHien && (s.at(k+1) == wTai || s.at(k+1) == wNay):
		return s.today(k + 2)
	}
	return reading{}
}

// today is the publication date.
func (s *scanner) today(end int) reading {
	r := open(UnitDay, Now, end)
	if s.ctx.Published.Known() {
		r.Period, r.Basis = record.Day(s.ctx.Published), record.PeriodPublished
	}
	return r
}
