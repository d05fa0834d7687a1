//! Learning, knowing, thinking, speaking.

use super::Paint::{Accent, Field, Ink};
use super::{Icon, dot, fill, line, ring, soft};

pub(super) const ICONS: &[Icon] = &[
    (
        "book",
        &[
            soft(
                Ink,
                "M50 30C40 22 26 19 10 20V76C26 75 40 78 50 86C60 78 74 75 90 76V20C74 19 60 22 50 30Z",
            ),
            line(Field, 4.5, "M50 31V85"),
            line(Field, 4.0, "M20 37C28 37 34 39 40 42M20 52C28 52 34 54 40 57"),
            line(Field, 4.0, "M60 42C66 39 72 37 80 37M60 57C66 54 72 52 80 52"),
        ],
    ),
    (
        "graduation",
        &[
            soft(Ink, "M26 58L50 69L74 58V72C67 79 58 82 50 82C42 82 33 79 26 72Z"),
            line(Field, 6.0, "M4 42L50 63L96 42"),
            soft(Ink, "M50 18L94 38L50 58L6 38Z"),
            line(Accent, 5.0, "M50 38L86 44V66"),
            dot(Accent, 86.0, 70.0, 6.5),
        ],
    ),
    (
        "star",
        &[soft(
            Ink,
            "M50 7L62.3 35.1L92.8 38.1L69.9 58.5L76.5 88.4L50 72.8L23.5 88.4L30.1 58.5L7.2 38.1L37.7 35.1Z",
        )],
    ),
    (
        "lightbulb",
        &[
            fill(
                Ink,
                "M50 6C32 6 19 19 19 37C19 48 25 55 31 62C35 67 36 70 36 74H64C64 70 65 67 69 62C75 55 81 48 81 37C81 19 68 6 50 6Z",
            ),
            line(Field, 5.0, "M50 72V48M38 38L50 49L62 38"),
            line(Accent, 6.5, "M38 83H62M43 93H57"),
        ],
    ),
    (
        "torch",
        &[
            fill(
                Accent,
                "M52 4C64 17 68 26 68 36C68 47 60 54 50 54C40 54 32 47 32 37C32 30 36 25 41 20C42 26 44 29 48 30C53 23 54 13 52 4Z",
            ),
            soft(Ink, "M28 60H72L66 70H34Z"),
            soft(Ink, "M42 78H58L54 95H46Z"),
        ],
    ),
    (
        "pencil",
        &[
            soft(Ink, "M68 13L87 32L36 83L12 88L17 64Z"),
            line(Field, 5.0, "M57 23L77 43"),
            fill(Field, "M16 70L30 84L24 86L14 76Z"),
            soft(Accent, "M13 87L15 80L20 85Z"),
        ],
    ),
    (
        "language",
        &[
            soft(
                Accent,
                "M46 40H86C89 40 91 42 91 45V71C91 74 89 76 86 76H82V90L67 76H46C43 76 41 74 41 71V45C41 42 43 40 46 40Z",
            ),
            line(
                Field,
                14.0,
                "M14 12H60C63 12 65 14 65 17V47C65 50 63 52 60 52H36L22 66V52H14C11 52 9 50 9 47V17C9 14 11 12 14 12Z",
            ),
            soft(
                Ink,
                "M14 12H60C63 12 65 14 65 17V47C65 50 63 52 60 52H36L22 66V52H14C11 52 9 50 9 47V17C9 14 11 12 14 12Z",
            ),
            line(Field, 5.5, "M26 44L37 19L48 44M30 36H44"),
            line(Field, 5.0, "M78 52H82M62 65H82"),
        ],
    ),
    (
        "chat",
        &[
            soft(
                Ink,
                "M16 14H84C88 14 90 16 90 20V62C90 66 88 68 84 68H48L26 88V68H16C12 68 10 66 10 62V20C10 16 12 14 16 14Z",
            ),
            dot(Field, 30.0, 41.0, 6.0),
            dot(Field, 50.0, 41.0, 6.0),
            dot(Field, 70.0, 41.0, 6.0),
        ],
    ),
    (
        "microphone",
        &[
            line(Ink, 28.0, "M50 22V44"),
            line(Accent, 6.5, "M24 44C24 62 35 72 50 72C65 72 76 62 76 44M50 73V90M33 92H67"),
        ],
    ),
    (
        "network",
        &[
            line(Ink, 5.5, "M50 50L20 20M50 50L82 24M50 50L16 70M50 50L78 82M20 20L82 24M16 70L78 82"),
            dot(Ink, 20.0, 20.0, 11.0),
            dot(Ink, 82.0, 24.0, 9.0),
            dot(Ink, 16.0, 70.0, 9.0),
            dot(Ink, 78.0, 82.0, 11.0),
            dot(Field, 50.0, 50.0, 20.0),
            dot(Accent, 50.0, 50.0, 15.0),
        ],
    ),
    (
        "robot",
        &[
            line(Accent, 6.0, "M50 30V18"),
            dot(Accent, 50.0, 12.0, 8.0),
            soft(
                Ink,
                "M24 32H76C80 32 83 35 83 39V79C83 83 80 86 76 86H24C20 86 17 83 17 79V39C17 35 20 32 24 32Z",
            ),
            line(Ink, 7.0, "M6 52V68M94 52V68"),
            dot(Field, 36.0, 54.0, 8.0),
            dot(Field, 64.0, 54.0, 8.0),
            line(Field, 5.5, "M37 73H63"),
        ],
    ),
    (
        "puzzle",
        &[soft(
            Ink,
            "M12 34H33C29 23 34 13 43 13C52 13 57 23 53 34H74V53C85 49 92 54 92 63C92 72 85 77 74 73V90H53C57 80 52 72 43 72C34 72 29 80 33 90H12Z",
        )],
    ),
    (
        "math",
        &[
            line(Ink, 9.0, "M27 12V42M12 27H42"),
            line(Accent, 9.0, "M58 27H88"),
            line(Accent, 9.0, "M16 62L38 84M38 62L16 84"),
            line(Ink, 9.0, "M58 66H88M58 81H88"),
        ],
    ),
    (
        "magnifier",
        &[
            line(Accent, 13.0, "M66 66L88 88"),
            ring(Ink, 42.0, 42.0, 30.0, 9.0),
            line(Ink, 5.0, "M27 42C27 34 33 27 42 27"),
        ],
    ),
    (
        "target",
        &[ring(Ink, 50.0, 50.0, 41.0, 8.0), ring(Ink, 50.0, 50.0, 24.0, 7.0), dot(Accent, 50.0, 50.0, 11.0)],
    ),
    ("check", &[line(Ink, 15.0, "M16 54L41 78L85 24")]),
];
