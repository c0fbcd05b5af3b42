import HTTPTypes
import Hummingbird

/// The REST side of the port: a list of routes, each a function from a call to an answer.
struct Routes: Sendable {
    let core: ServerCore
    let cursors: CursorSeal
    let gate: Gate
    let counters = AnswerCounters()
    let probe: StoreProbe
    let process: ProcessClock
    let site: Site
    let pageHeaders: PageHeaders
    /// Only at a demo.
    let demo: DemoDesk?

    init(core: ServerCore, demo: DemoDesk? = nil) {
        self.core = core
        cursors = CursorSeal(secret: core.keys.jwtSecret)
        gate = Gate(core: core)
        probe = StoreProbe(stores: core.stores)
        process = ProcessClock(core.clock)
        site = Site(leafletDirectory: core.settings.web.leafletDirectory, logger: core.logger)
        pageHeaders = PageHeaders(core.settings.web)
        self.demo = demo
    }

    var changes: Changes { Changes(core: core) }

    /// All calls, as `docs/openapi.yaml` describes them.
    var all: [Route] {
        userRoutes + friendRoutes + placeRoutes + blockRoutes + healthRoutes + adminRoutes
    }

    func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
        let routes = all + webRoutes + demoRoutes
        router.add(middleware: Finish(core: core, routes: routes, counters: counters))
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, context in
                try await answer(request, PathParts(context.parameters), by: route.handler).response
            }
        }
        return router
    }

    /// Credentials are looked at before anything is read.
    private func answer(_ request: Request, _ path: PathParts, by handler: Route.Handler) async throws -> Answer {
        switch handler {
        case .open(let handle):
            return try await handle(Call(request, path: path))
        case .user(let handle):
            let caller = try gate.caller(request.headers)
            let subject = try await gate.subject(path.user("id"), for: caller)
            return try await handle(UserCall(call: Call(request, path: path), subject: subject))
        case .backend(let handle):
            guard try gate.caller(request.headers) == .backend else {
                throw Problem.forbidden("only the backend may do this")
            }
            return try await handle(Call(request, path: path))
        }
    }
}
