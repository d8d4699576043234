/// Everything that can be asked of the process that holds a database. A further kind of work is a case here, a line
/// below, and its ``StoreOperation``.
enum ControlRequest: Codable, Sendable {
    case addBlocks(AddBlocks)
    case takeBlockLists(ImportBlocks)
    case removeBlocks(RemoveBlocks)
    case takeLists(ListImport)
    case cancel(CancelCampaign)
    case pause(PauseCampaign)
    case resume(ResumeCampaign)
    case retry(RetryContacts)
    case resolve(ResolveDoubts)

    /// The work that is asked for.
    var work: any StoreOperation {
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
