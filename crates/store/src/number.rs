//! How whole numbers cross between a `BigInt` column and a row's own types.

use std::num::TryFromIntError;

use accolade_core::Timestamp;
use diesel::backend::Backend;
use diesel::deserialize::{FromSql, FromSqlRow};
use diesel::sql_types::{BigInt, Nullable};

/// A `BigInt` as read; the row structs turn it into what they promise, or say that the row is corrupt.
#[derive(FromSqlRow)]
#[diesel(sql_type = BigInt)]
pub struct Number(i64);

/// A `BigInt` that may be absent.
#[derive(FromSqlRow)]
#[diesel(sql_type = Nullable<BigInt>)]
pub struct MaybeNumber(Option<Number>);

/// A column holds seconds outside the years a timestamp can show.
#[derive(Debug, thiserror::Error)]
#[error("{0} seconds are outside the range of a timestamp")]
pub struct OutOfRange(i64);

impl<DB> FromSql<BigInt, DB> for Number
where
    DB: Backend,
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        i64::from_sql(bytes).map(Self)
    }
}

impl<DB> FromSql<Nullable<BigInt>, DB> for MaybeNumber
where
    DB: Backend,
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> diesel::deserialize::Result<Self> {
        Number::from_sql(bytes).map(Some).map(Self)
    }

    fn from_nullable_sql(bytes: Option<DB::RawValue<'_>>) -> diesel::deserialize::Result<Self> {
        bytes.map(Number::from_sql).transpose().map(Self)
    }
}

impl TryFrom<Number> for u16 {
    type Error = TryFromIntError;
    fn try_from(number: Number) -> Result<Self, Self::Error> {
        number.0.try_into()
    }
}

impl TryFrom<Number> for u32 {
    type Error = TryFromIntError;
    fn try_from(number: Number) -> Result<Self, Self::Error> {
        number.0.try_into()
    }
}

impl TryFrom<Number> for u64 {
    type Error = TryFromIntError;
    fn try_from(number: Number) -> Result<Self, Self::Error> {
        number.0.try_into()
    }
}

impl TryFrom<Number> for Timestamp {
    type Error = OutOfRange;
    fn try_from(number: Number) -> Result<Self, Self::Error> {
        Timestamp::from_unix_seconds(number.0).ok_or(OutOfRange(number.0))
    }
}

impl TryFrom<MaybeNumber> for Option<u32> {
    type Error = TryFromIntError;
    fn try_from(number: MaybeNumber) -> Result<Self, Self::Error> {
        number.0.map(u32::try_from).transpose()
    }
}

impl TryFrom<MaybeNumber> for Option<Timestamp> {
    type Error = OutOfRange;
    fn try_from(number: MaybeNumber) -> Result<Self, Self::Error> {
        number.0.map(Timestamp::try_from).transpose()
    }
}
