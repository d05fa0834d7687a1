//! Pieces of SQL that diesel's query builder lacks for a connection of two kinds.

use diesel::QueryResult;
use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::query_dsl::RunQueryDsl;

use crate::connection::{AnyConnection, MultiBackend};

/// An INSERT that does nothing where a unique value is taken; the number of affected rows tells which.
#[derive(Debug, QueryId)]
pub(crate) struct OnConflictDoNothing<Q>(pub(crate) Q);

impl<DB: Backend, Q: QueryFragment<DB>> QueryFragment<DB> for OnConflictDoNothing<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" ON CONFLICT DO NOTHING");
        Ok(())
    }
}

impl<Q, Connection> RunQueryDsl<Connection> for OnConflictDoNothing<Q> {}

/// Several INSERTs as one statement, `WITH part0 AS (INSERT …), … INSERT …`: one round trip, and all or nothing
/// even without a transaction around it. PostgreSQL only.
pub(crate) struct Together<'q, DB: Backend>(pub(crate) Vec<&'q dyn QueryFragment<DB>>);

impl<DB: Backend> QueryFragment<DB> for Together<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some((last, parts)) = self.0.split_last() else { return Ok(()) };
        for (position, part) in parts.iter().enumerate() {
            out.push_sql(if position == 0 { "WITH part" } else { ", part" });
            out.push_sql(&position.to_string());
            out.push_sql(" AS (");
            part.walk_ast(out.reborrow())?;
            out.push_sql(")");
        }
        out.push_sql(" ");
        last.walk_ast(out.reborrow())
    }
}

/// The parts differ from call to call, so the statement is cached by its text.
impl<DB: Backend> QueryId for Together<'_, DB> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, Connection> RunQueryDsl<Connection> for Together<'_, DB> {}

/// An INSERT that is built but not run, so that it can be run alone or [`Together`] with others.
pub(crate) trait Insertion:
    QueryFragment<MultiBackend> + QueryId + RunQueryDsl<AnyConnection>
{
}

impl<Q> Insertion for Q where Q: QueryFragment<MultiBackend> + QueryId + RunQueryDsl<AnyConnection> {}
