import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";

/** A hook whose exceptions are answers. */
export function orRefuse(hook: (request: FastifyRequest) => void) {
  return (request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    try {
      hook(request);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
}
