/// Everything that can be asked of the process that holds a database. A further kind of work is a case here, a line
/// below, and its ``Work``.
enum WorkOrder: Codable, Sendable {
    case addBlocks(BlockAdding)
    case takeBlockLists(BlockListTaking)
    case removeBlocks(BlockRemoving)
    case takeLists(ListImport)
    case cancel(Cancelling)
    case pause(Pausing)
    case resume(Resuming)
    case retry(Retrying)
    case resolve(Resolving)

    /// The work that is asked for.
    var work: any Work {
        switch self {
        case .addBlocks(let work): work
        case .takeBlockLists(let work): work
        case .removeBlocks(let work): work
        case .takeLists(let work): work
        case .cancel(let work): work
        case .pause(let work): work
        case .resume(let work): work
        case .retry(let work): work
        case .resolve(let work): work
        }
    }
}
