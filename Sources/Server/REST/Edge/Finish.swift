import Friends
import HTTPTypes
import Hummingbird
import Logging

/// The outermost step of every call: errors become problems, unknown methods are told which there are, and
/// every answer gets its headers and is counted.
struct Finish: RouterMiddleware {
    typealias Context = BasicRequestContext

    let core: ServerCore
    let routes: [Route]
    let counters: AnswerCounters

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            // Only the router throws that, and only for an address or a method that it does not know.
            response = unrouted(request).response
        } catch {
            response = problem(error).answer.response
        }
        response.headers[.cacheControl] = response.headers[.cacheControl] ?? "no-store"
        response.headers[.xContentTypeOptions] = "nosniff"
        counters.count(response.status)
        return response
    }

    private func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as StoreError: return Problem(error)
        default:
            // Only what kind of error it is: its text might hold what a client sent.
            core.logger.error("a call failed", metadata: ["error": "\(type(of: error))"])
            return .fault
        }
    }

    private func unrouted(_ request: Request) -> Answer {
        var allowed = Set(routes.filter { $0.matches(request.uri.path) }.map(\.method))
        guard !allowed.isEmpty else { return Problem.noSuchAddress.answer }
        if allowed.contains(.get) { allowed.insert(.head) }
        allowed.insert(.options)
        let list = allowed.map(\.rawValue).sorted().joined(separator: ", ")
        guard request.method == .options else { return Problem.methodNotAllowed(list).answer }
        return Answer(status: .noContent, headers: [.allow: list])
    }
}
