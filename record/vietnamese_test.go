package record

import "testing"

func TestVietnamese(t *testing.T) {
	decimal := func(s string) Decimal {
		d, err := ParseDecimal(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	for _, c := range []struct{ got, want string }{
		{decimal("0").VI(), "0"},
		{decimal("999").VI(), "999"},
		{decimal("1000").VI(), "1.000"},
		{decimal("1234567.50").VI(), "1.234.567,50"},
		{decimal("-1234.5").VI(), "−1.234,5"},
		{NoDate.VI(), ""},
		{DateOf(2022, 12, 31).VI(), "31/12/2022"},
		{Years(2023, 2023).VI(), "2023"},
		{Years(2021, 2025).VI(), "2021–2025"},
		{Month(2022, 12).VI(), "12/2022"},
		{Months(2023, 1, 10).VI(), "01/2023–10/2023"},
		{Day(DateOf(2022, 12, 31)).VI(), "31/12/2022"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}
