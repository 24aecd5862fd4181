//! What networkx, pandas, pyarrow and Datasette read of it.
