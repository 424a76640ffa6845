//! Days, as pages and stamps use them.

use serde::Serialize;

/// A day, without time or zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: u16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let named = time::Month::try_from(month).ok()?;
        time::Date::from_calendar_date(i32::from(year), named, day).ok()?;
        (1000..=9999).contains(&year).then_some(Self { year, month, day })
    }

    /// Reads `2020-08-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || y.len() != 4 || m.len() != 2 || d.len() != 2 {
            return None;
        }
        Self::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?)
    }
}

impl Date {
    /// How many days later another day is; negative where it is earlier.
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(other.julian()) - i64::from(self.julian())
    }

    /// The same day so many months later; the month's last day where it has no such day.
    pub fn plus_months(self, months: u16) -> Self {
        let count = u32::from(self.month - 1) + u32::from(months);
        let (year, month) = (self.year.saturating_add((count / 12) as u16), (count % 12) as u8 + 1);
        let day = (28..=self.day).rev().find(|day| Self::new(year, month, *day).is_some()).unwrap_or(self.day);
        Self { year, month, day }
    }

    fn julian(self) -> i32 {
        let month = time::Month::try_from(self.month).unwrap_or(time::Month::January);
        time::Date::from_calendar_date(i32::from(self.year), month, self.day).map_or(0, time::Date::to_julian_day)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_the_calendar_has() {
        for text in ["2024-02-29", "1000-01-01", "9999-12-31"] {
            assert_eq!(Date::parse(text).map(|d| d.to_string()).as_deref(), Some(text));
        }
        for text in ["2023-02-29", "2024-13-01", "2024-00-10", "24-01-01", "2024-1-1", "2024-01-01-", "", "+024-01-01"]
        {
            assert_eq!(Date::parse(text), None, "{text}");
        }
        assert!(Date::parse("2023-08-01") < Date::parse("2023-08-02"));
    }
}
