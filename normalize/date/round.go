package date

import "ocopstat/record"

// roundWords may stand between "đợt" or "kỳ" and the year of the round.
var roundWords = set("đầu", "cuối", "xét", "đánh", "giá", "phân", "hạng", "chấm", "thi", "chọn", "công", "nhận")

// notRound are the words before "kỳ" that make another word of it.
var notRound = set("thời", "học", "chu", "định", "cùng", "nhiệm", "hoa", "bất", "trường", "màu", "hậu", "sơ", "tứ", "bắc", "nam", "trung")

// round reads đợt 1/2024, đợt 1 năm 2019, kỳ xét năm 2023, lần thứ 2 năm 2024.
func (s *scanner) round(i int, w word) reading {
	if w == wKy && notRound[s.key(i-1)] || w == wVong && s.at(i-1) == wTrong {
		return reading{}
	}
	k := i + 1
	if w == wDot && (s.isDigits(i-1) || s.at(i-1) == wNumeral) { // 14 đợt chấm
		return reading{}
	}
	if s.at(k) == wNaym {
		if w == wDot || w == wKy {
			r := open(UnitNone, In, k+1)
			r.Round = true
			return r
		}
		return reading{}
	}
	if s.at(k) == wThu {
		k++
	}
	no, end := 0, 0
	if s.at(k) != wNam || s.at(k+1) == wNam || s.key(k+1) == ',' {
		no, end = s.ordinal(k)
	}
	switch {
	case end > 0 && no > 0 && s.at(end) != wNam && s.isMeasure(end), end > 0 && s.lastsYears(end):
		return reading{} // trong vòng 5 năm, 36 tháng
	case end > 0:
		k = end
	case w == wDot || w == wKy:
		for n := 0; n < 4 && roundWords[s.key(k)]; n++ {
			k++
		}
	default:
		return reading{}
	}
	return s.roundYear(k, no, end > 0 || w == wDot && k > i+1)
}

// isMeasure reports whether the number before toks[j] counts something.
func (s *scanner) isMeasure(j int) bool {
	return counted[s.key(j)] || s.key(j) == '%'
}

// lastsYears reports whether "năm" at toks[j] makes a duration of the number
// before it.
func (s *scanner) lastsYears(j int) bool {
	if s.at(j) != wNam {
		return false
	}
	r := s.calendarYear(j)
	return r.end == 0
}

// roundYear reads the year of a round at toks[k]; alone tells that the round
// stands without one too.
func (s *scanner) roundYear(k, no int, alone bool) reading {
	r := open(UnitYear, In, k)
	r.Round, r.No = true, no
	j := k
	y, end := s.slashYear(j)
	if y == 0 {
		if s.key(j) == ',' || s.at(j) == wCua || s.at(j) == wTrong {
			j++
		}
		if s.at(j) == wNam {
			if yr := s.calendarYear(j); yr.end > 0 && yr.Unit == UnitYear && (j == k || yr.Basis == record.PeriodText) {
				r.Period, r.Basis, r.end = yr.Period, yr.Basis, yr.end
				return r
			}
		}
		if j == k {
			if y, end = s.yearDigits(j); counted[s.key(end)] {
				y = 0
			}
		}
	}
	if y > 0 {
		r.Period, r.Basis, r.end = record.Years(y, y), record.PeriodText, end
		return r
	}
	if !alone {
		return reading{}
	}
	return r
}
