"""Runs migrations on the connection that dashboard.store.migrating hands over."""

from alembic import context

from dashboard.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite rebuilds a table where PostgreSQL alters it
)
with context.begin_transaction():
    context.run_migrations()
