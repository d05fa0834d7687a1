//! Numbers as text: the canonical `xsd:integer` and `xsd:double` of the
//! [JSON-LD API](https://www.w3.org/TR/json-ld11-api/#data-round-tripping), and the ECMAScript form that JCS uses.

use serde_json::Number;

/// From here on a whole number is written as a double.
const WHOLE_LIMIT: f64 = 1e21;

/// A JSON number on its way into RDF.
#[derive(Debug, PartialEq)]
pub(crate) enum Lexical {
    /// No fraction: `xsd:integer` if no type is given.
    Integer(String),
    /// `xsd:double` if no type is given.
    Double(String),
}

/// The lexical form of a number; `as_double` when the type given is `xsd:double`.
pub(crate) fn lexical(number: &Number, as_double: bool) -> Lexical {
    if !as_double && let Some(whole) = number.as_i64() {
        let mut out = String::new();
        push_integer(&mut out, whole.unsigned_abs(), whole < 0);
        return Lexical::Integer(out);
    }
    if !as_double && let Some(whole) = number.as_u64() {
        return Lexical::Integer(whole.to_string());
    }
    let value = number.as_f64().unwrap_or(0.0);
    if as_double || value.fract() != 0.0 || value.abs() >= WHOLE_LIMIT {
        return Lexical::Double(double(value));
    }
    // Negative zero is written like zero.
    Lexical::Integer(format!("{:.0}", if value == 0.0 { 0.0 } else { value }))
}

/// Appends an integer, without the formatting machinery of the standard library.
pub(crate) fn push_integer(out: &mut String, mut value: u64, negative: bool) {
    if negative {
        out.push('-');
    }
    let mut divisor = 1;
    while value / divisor >= 10 {
        divisor *= 10;
    }
    while divisor > 0 {
        push_digit(out, value / divisor);
        value %= divisor;
        divisor /= 10;
    }
}

/// Appends a byte as two lower-case hexadecimal digits.
pub(crate) fn push_hex(out: &mut String, byte: u8) {
    for half in [byte >> 4, byte & 15] {
        out.push(char::from(half + if half < 10 { b'0' } else { b'a' - 10 }));
    }
}

/// Appends a byte as two upper-case hexadecimal digits.
pub(crate) fn push_hex_upper(out: &mut String, byte: u8) {
    for half in [byte >> 4, byte & 15] {
        out.push(char::from(half + if half < 10 { b'0' } else { b'A' - 10 }));
    }
}

fn push_digit(out: &mut String, digit: u64) {
    out.push(u8::try_from(digit).map_or('0', |digit| char::from(b'0' + digit)));
}

/// Sixteen significant digits, rounded half up as ECMAScript's `toExponential` does, without trailing zeros.
fn double(value: f64) -> String {
    let value = if value == 0.0 { 0.0 } else { value };
    // One digit more than is kept, so that the rounding is ours: `{:.15e}` rounds half to even.
    let mut exact = format!("{value:.16e}");
    if exact.split_once('e').is_some_and(|(mantissa, _)| mantissa.ends_with('5')) {
        // That five may itself be rounded up from less than a half. Exact digits cost 0.5 µs, so they are only asked for here.
        exact = format!("{value:.60e}");
    }
    let (mantissa, exponent) = exact.split_once('e').unwrap_or((&exact, "0"));
    let mut exponent: i32 = exponent.parse().unwrap_or(0);
    let negative = mantissa.starts_with('-');
    let mut digits: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
    let up = digits.get(16).is_some_and(|&digit| digit >= b'5');
    digits.truncate(16);
    if up && carry(&mut digits) {
        exponent += 1;
    }
    while digits.len() > 2 && digits.last() == Some(&b'0') {
        digits.pop();
    }
    let mut out = String::with_capacity(24);
    if negative {
        out.push('-');
    }
    for (at, digit) in digits.iter().enumerate() {
        if at == 1 {
            out.push('.');
        }
        out.push(char::from(*digit));
    }
    out.push('E');
    out.push_str(&exponent.to_string());
    out
}

/// Adds one to the last digit. `true` if the number grew by a digit, which is then `1` followed by zeros.
fn carry(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        if *digit == b'9' {
            *digit = b'0';
        } else {
            *digit += 1;
            return false;
        }
    }
    if let Some(first) = digits.first_mut() {
        *first = b'1';
    }
    true
}

/// A number as ECMAScript prints it ([RFC 8785, section 3.2.2.3](https://www.rfc-editor.org/rfc/rfc8785#section-3.2.2.3)).
pub(crate) fn ecmascript(value: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let shortest = format!("{:e}", value.abs());
    let (mantissa, exponent) = shortest.split_once('e').unwrap_or((&shortest, "0"));
    let mut digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    even_of_two(value.abs(), &mut digits);
    let count = i32::try_from(digits.len()).unwrap_or(i32::MAX);
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let mut out = String::with_capacity(26);
    if value < 0.0 {
        out.push('-');
    }
    if count <= point && point <= 21 {
        out.push_str(&digits);
        push_zeros(&mut out, point - count);
    } else if 0 < point && point <= 21 {
        let (whole, fraction) =
            digits.split_at_checked(usize::try_from(point).unwrap_or(0)).unwrap_or((&digits, ""));
        out.push_str(whole);
        out.push('.');
        out.push_str(fraction);
    } else if -6 < point && point <= 0 {
        out.push_str("0.");
        push_zeros(&mut out, -point);
        out.push_str(&digits);
    } else {
        let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
        out.push_str(first);
        if !rest.is_empty() {
            out.push('.');
            out.push_str(rest);
        }
        out.push_str(if point > 0 { "e+" } else { "e-" });
        out.push_str(&(point - 1).abs().to_string());
    }
    out
}

/// Of two shortest forms that lie equally near, Rust takes the greater and ECMAScript the even one.
fn even_of_two(value: f64, digits: &mut String) {
    let Some(last) = digits.pop() else { return };
    let below = char::from_digit(last.to_digit(10).unwrap_or(0).saturating_sub(1), 10).unwrap_or(last);
    let is_odd = matches!(last, '1' | '3' | '5' | '7' | '9');
    digits.push(below);
    let exact: String =
        format!("{value:.40e}").chars().take_while(|c| *c != 'e').filter(char::is_ascii_digit).collect();
    let half = exact.strip_prefix(digits.as_str()).and_then(|rest| rest.strip_prefix('5'));
    if !(is_odd && half.is_some_and(|rest| rest.bytes().all(|b| b == b'0'))) {
        digits.pop();
        digits.push(last);
    }
}

fn push_zeros(out: &mut String, count: i32) {
    out.extend((0..count).map(|_| '0'));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn numbers_are_written_as_the_reference_writes_them() {
        for (text, expected) in [
            ("36.0", "36"),
            ("36", "36"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("0", "0"),
            ("1e2", "100"),
            ("-7", "-7"),
            ("1e20", "100000000000000000000"),
            ("9007199254740992", "9007199254740992"),
        ] {
            assert_eq!(lexical(&number(text), false), Lexical::Integer(expected.into()), "{text}");
        }
        for (text, expected) in [
            ("1.5", "1.5E0"),
            ("-1.5", "-1.5E0"),
            ("0.1", "1.0E-1"),
            ("5.3", "5.3E0"),
            ("1e21", "1.0E21"),
            ("1.5e300", "1.5E300"),
            ("0.30000000000000004", "3.0E-1"),
            ("1.0000152587890625", "1.000015258789063E0"),
            ("9.9999999999999999", "1.0E1"),
            ("123.456", "1.23456E2"),
        ] {
            if text != "9.9999999999999999" {
                assert_eq!(lexical(&number(text), false), Lexical::Double(expected.into()), "{text}");
            }
            assert_eq!(lexical(&number(text), true), Lexical::Double(expected.into()), "{text}");
        }
        assert_eq!(lexical(&number("10"), true), Lexical::Double("1.0E1".into()));
        assert_eq!(lexical(&number("-0"), true), Lexical::Double("0.0E0".into()));
    }

    /// The samples of RFC 8785 appendix B.
    #[test]
    fn ecmascript_numbers_follow_rfc_8785() {
        for (bits, expected) in [
            (0x0000000000000000_u64, "0"),
            (0x8000000000000000, "0"),
            (0x0000000000000001, "5e-324"),
            (0x8000000000000001, "-5e-324"),
            (0x7fefffffffffffff, "1.7976931348623157e+308"),
            (0x4340000000000000, "9007199254740992"),
            (0xc340000000000000, "-9007199254740992"),
            (0x4430000000000000, "295147905179352830000"),
            (0x44b52d02c7e14af5, "9.999999999999997e+22"),
            (0x44b52d02c7e14af6, "1e+23"),
            (0x444b1ae4d6e2ef4e, "999999999999999700000"),
            (0x444b1ae4d6e2ef50, "1e+21"),
            (0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"),
            (0x3eb0c6f7a0b5ed8d, "0.000001"),
            (0x41b3de4355555553, "333333333.3333332"),
            (0x41b3de4355555554, "333333333.33333325"),
            (0x41b3de4355555555, "333333333.3333333"),
            (0xbecbf647612f3696, "-0.0000033333333333333333"),
            (0x43143ff3c1cb0959, "1424953923781206.2"),
        ] {
            assert_eq!(ecmascript(f64::from_bits(bits)), expected, "{bits:x}");
        }
    }

    /// Bits that look random and are the same on every run (splitmix64).
    fn samples(count: u64) -> impl Iterator<Item = f64> {
        (1..=count).map(|number| {
            let mut bits = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            f64::from_bits(bits ^ (bits >> 31))
        })
    }

    /// CAN-16, by what ECMAScript demands: the fewest digits that lead back to the number, in one of four notations.
    /// (`just interop` compares with a JavaScript engine.)
    #[test]
    fn a_hundred_thousand_numbers_are_as_short_as_can_be_and_lead_back() {
        for value in samples(100_000).filter(|value| value.is_finite()) {
            let text = ecmascript(value);
            assert_eq!(text.parse(), Ok(value), "{text}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            let digits = digits.trim_start_matches('0').trim_end_matches('0');
            let shorter = format!("{value:.*e}", digits.len().saturating_sub(2));
            assert!(digits.len() == 1 || shorter.parse() != Ok(value), "{text} could be {shorter}");
            let size = value.abs();
            assert_eq!(text.contains('e'), !(1e-6..1e21).contains(&size), "{text}");
            assert!(exponent == "0" || exponent.starts_with(['+', '-']), "{text}");
        }
    }

    /// The quick rounding and the exact one.
    #[test]
    fn sixteen_digits_are_rounded_half_up_from_the_exact_value() {
        let decimals = (1..20_000_u32).map(|number| f64::from(number) / 128.0 + 1.0e-3);
        let halves = (1..2_000_u32).map(|number| 1.0 + f64::from(number) / 65_536.0);
        for value in samples(20_000).filter(|value| value.is_finite()).chain(decimals).chain(halves) {
            let exact = format!("{:.800e}", value.abs());
            let (mantissa, exponent) = exact.split_once('e').unwrap();
            let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
            let (kept, rest) = digits.split_at_checked(16).unwrap();
            let whole: u64 = kept.parse::<u64>().unwrap() + u64::from(rest.as_bytes()[0] >= b'5');
            let written = double(value.abs());
            let (kept, _) = written.split_once('E').unwrap();
            let kept: String = kept.chars().filter(char::is_ascii_digit).collect();
            // A carry into a new digit leaves a one and zeros.
            let expected = whole.to_string();
            assert_eq!(
                kept.trim_end_matches('0'),
                expected.trim_end_matches('0'),
                "{written} of {exact:.40}e{exponent}"
            );
        }
    }
}
