import Testing

/// All tests of the store, one after another: one of them starts a process, and a process that is being started
/// holds every lock of this one for an instant.
@Suite(.serialized) struct StoreTests {}
