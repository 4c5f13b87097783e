import Hummingbird
import People
import Storage
import Web

/// The addresses of the board.
extension Contacts {
    func addBoardRoutes(to router: Router<AppContext>) {
        router.get("board", use: boardPage)
        router.get("api/v1/board", use: board)
        router.get("api/v1/board/live", use: boardLive)
    }

    /// GET board
    private func boardPage(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .watchBoard)
        return try pages.html(BoardPage(await room.board()), to: request, in: context)
    }

    /// GET api/v1/board
    private func board(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .watchBoard)
        return try .json(await room.board())
    }

    /// GET api/v1/board/live: the board now, then at most once a second whatever has changed.
    private func boardLive(request: Request, context: AppContext) async throws -> Response {
        _ = try context.person(allowedTo: .watchBoard)
        return .events(
            for: request, from: store.bells, about: [.boardRendered],
            while: { try await context.mayStill(.watchBoard) }, news: { [room] in room.news() })
    }
}
