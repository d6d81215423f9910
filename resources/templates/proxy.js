// Runs on the exchanges that the rule takes. What is changed here goes on; an object that is given back, such as
// { statusCode: 404, body: 'none' }, is the answer.
exports.onRequest = (request, context) => {
  request.headers.set('X-Trace', String(context.id));
};

exports.onResponse = (response, request, context) => {
  console.log(request.method, request.url, response.statusCode);
};
