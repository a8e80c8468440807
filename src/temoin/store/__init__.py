"""The ground under everything that is kept: one database, sealed payloads on disk, keys apart. The only place that knows dialects."""
